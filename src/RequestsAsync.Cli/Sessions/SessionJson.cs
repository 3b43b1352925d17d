using System.Text.Encodings.Web;
using System.Text.Json;

namespace RequestsAsync.Cli;

/// <summary>The file of a session as HTTPie writes it.</summary>
/// <remarks>
/// Since 3.1 cookies, and since 3.2 header fields, are lists of objects; before they were objects by name, and their cookies knew no domain. Both are read, the
/// newer one is written. A cookie without a domain would go to every host: here it belongs to the session's.
/// </remarks>
internal static class SessionJson
{
    private const string MetaName = "__meta__";
    private const string HostName = "host";

    private static readonly JsonWriterOptions Writing = new() { Indented = true, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a file.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="url">Where the session is used.</param>
    /// <exception cref="System.Text.Json.JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A member is not what it should be.</exception>
    /// <exception cref="InvalidRequestException">A cookie is none.</exception>
    public static SessionData Read(byte[] json, Url url)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        SessionData data = new();
        JsonElement root = document.RootElement;
        if (root.TryGetProperty(MetaName, out JsonElement meta)) ReadMeta(meta, data);
        if (root.TryGetProperty("headers", out JsonElement headers)) ReadHeaders(headers, data.Headers);
        if (root.TryGetProperty("cookies", out JsonElement cookies)) ReadCookies(cookies, data.Cookies, url);
        if (root.TryGetProperty("auth", out JsonElement auth) && auth.ValueKind == JsonValueKind.Object) data.Credentials = ReadAuth(auth);
        return data;
    }

    /// <summary>Writes a file.</summary>
    public static byte[] Write(SessionData data)
    {
        using MemoryStream target = new();
        using (Utf8JsonWriter json = new(target, Writing))
        {
            json.WriteStartObject();
            WriteMeta(json, data);
            WriteAuth(json, data.Credentials);
            json.WriteStartArray("cookies");
            foreach (Cookie cookie in data.Cookies)
                WriteCookie(json, cookie);
            json.WriteEndArray();
            json.WriteStartArray("headers");
            foreach ((string name, string value) in data.Headers)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        target.WriteByte((byte)'\n');
        return target.ToArray();
    }

    private static void ReadMeta(JsonElement meta, SessionData data)
    {
        foreach (JsonProperty note in meta.EnumerateObject())
        {
            if (note.NameEquals(HostName)) data.Host = note.Value.GetString();
            else data.Notes.Add(new(note.Name, note.Value.Clone()));
        }
    }

    private static void ReadHeaders(JsonElement element, Headers headers)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement field in element.EnumerateArray())
                headers.Add(field.GetProperty("name").GetString()!, field.GetProperty("value").GetString()!);
            return;
        }

        foreach (JsonProperty field in element.EnumerateObject())
            headers.Add(field.Name, field.Value.GetString()!);
    }

    private static void ReadCookies(JsonElement element, CookieJar jar, Url url)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement cookie in element.EnumerateArray())
                jar.Set(ReadCookie(cookie.GetProperty("name").GetString()!, cookie, url));
            return;
        }

        foreach (JsonProperty cookie in element.EnumerateObject())
            jar.Set(ReadCookie(cookie.Name, cookie.Value, url));
    }

    private static Cookie ReadCookie(string name, JsonElement element, Url url)
    {
        string? domain = TextOf(element, "domain");
        if (string.IsNullOrEmpty(domain) || domain.Equals(url.Host + PythonSuffix, StringComparison.OrdinalIgnoreCase)) domain = url.Host;
        return new Cookie(name, TextOf(element, "value") ?? "", domain)
        {
            Path = TextOf(element, "path") is ['/', ..] and var path ? path : "/",
            Expires = element.TryGetProperty("expires", out JsonElement expires) && expires.ValueKind == JsonValueKind.Number ? TimeOf(expires.GetDouble()) : null,
            IsSecure = element.TryGetProperty("secure", out JsonElement secure) && secure.ValueKind == JsonValueKind.True,
        };
    }

    // Python's jar writes hosts without a dot so (RFC 2965 §1 did).
    private const string PythonSuffix = ".local";

    private static DateTimeOffset TimeOf(double seconds) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

    private static Credentials? ReadAuth(JsonElement auth)
    {
        if (TextOf(auth, "type") is not { } type) return null;

        string raw = TextOf(auth, "raw_auth") ?? $"{TextOf(auth, "username")}:{TextOf(auth, "password")}";
        return new(type, raw);
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    private static void WriteMeta(Utf8JsonWriter json, SessionData data)
    {
        json.WriteStartObject(MetaName);
        if (data.Notes.Count == 0) json.WriteString("about", "HTTPie session file");
        foreach ((string name, JsonElement value) in data.Notes)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        if (data.Host is not null) json.WriteString(HostName, data.Host);
        json.WriteEndObject();
    }

    private static void WriteAuth(Utf8JsonWriter json, Credentials? credentials)
    {
        json.WriteStartObject("auth");
        json.WriteString("type", credentials?.Type);
        if (credentials is null)
        {
            json.WriteNull("username");
            json.WriteNull("password");
        }
        else
        {
            json.WriteString("raw_auth", credentials.Raw);
        }

        json.WriteEndObject();
    }

    private static void WriteCookie(Utf8JsonWriter json, Cookie cookie)
    {
        bool isPlainName = cookie.IsHostOnly && !cookie.Domain.Contains('.', StringComparison.Ordinal) && !cookie.Domain.Contains(':', StringComparison.Ordinal);
        json.WriteStartObject();
        json.WriteString("domain", cookie.IsHostOnly ? cookie.Domain + (isPlainName ? PythonSuffix : "") : "." + cookie.Domain);
        if (cookie.Expires is { } expires) json.WriteNumber("expires", expires.ToUnixTimeSeconds());
        else json.WriteNull("expires");
        json.WriteString("name", cookie.Name);
        json.WriteString("path", cookie.Path);
        json.WriteBoolean("secure", cookie.IsSecure);
        json.WriteString("value", cookie.Value);
        json.WriteEndObject();
    }
}
