using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace RequestsAsync;

/// <summary>
/// A jar as JSON: <c>{ "cookies": [ { "name", "value", "domain", "hostOnly", "path", … } ] }</c>. What is false or unset is left out.
/// </summary>
internal static class JsonCookieFile
{
    public static byte[] Write(IEnumerable<Cookie> cookies)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("cookies");
            foreach (Cookie cookie in cookies) Write(json, cookie);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidRequestException">It is no JSON, or not of this shape; the message says where.</exception>
    public static List<Cookie> Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content.Span.StartsWith("\ufeff"u8) ? content[3..] : content);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("cookies", out JsonElement list)
                || list.ValueKind != JsonValueKind.Array)
            {
                throw new InvalidRequestException("it has no list called 'cookies'.");
            }

            List<Cookie> cookies = [];
            foreach (JsonElement element in list.EnumerateArray()) cookies.Add(Read(element, cookies.Count));
            return cookies;
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new InvalidRequestException($"it is no JSON: {e.Message}", e);
        }
    }

    private static void Write(Utf8JsonWriter json, Cookie cookie)
    {
        json.WriteStartObject();
        json.WriteString("name", cookie.Name);
        json.WriteString("value", cookie.Value);
        json.WriteString("domain", cookie.Domain);
        if (cookie.IsHostOnly) json.WriteBoolean("hostOnly", true);
        json.WriteString("path", cookie.Path);
        if (cookie.Expires is { } expires) json.WriteString("expires", expires);
        if (cookie.IsSecure) json.WriteBoolean("secure", true);
        if (cookie.IsHttpOnly) json.WriteBoolean("httpOnly", true);
        if (cookie.SameSite != CookieSameSite.Default) json.WriteString("sameSite", cookie.SameSite.ToString());
        json.WriteString("created", cookie.Created);
        json.WriteEndObject();
    }

    private static Cookie Read(JsonElement element, int index)
    {
        try
        {
            return new Cookie(Text(element, "name"), Text(element, "value"), Text(element, "domain"))
            {
                IsHostOnly = Flag(element, "hostOnly"),
                Path = Text(element, "path"),
                Expires = Date(element, "expires"),
                IsSecure = Flag(element, "secure"),
                IsHttpOnly = Flag(element, "httpOnly"),
                SameSite = SameSite(element),
                Created = Date(element, "created") ?? default,
            };
        }
        catch (Exception e) when (e is InvalidRequestException or InvalidOperationException or FormatException)
        {
            throw new InvalidRequestException($"cookie {(index + 1).ToString(CultureInfo.InvariantCulture)} of the list: {e.Message}", e);
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InvalidRequestException($"it has no text called '{name}'.");

    private static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.GetBoolean();

    private static DateTimeOffset? Date(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetDateTimeOffset() : null;

    private static CookieSameSite SameSite(JsonElement element)
    {
        if (!element.TryGetProperty("sameSite", out JsonElement value)) return CookieSameSite.Default;

        return Enum.TryParse(value.GetString(), ignoreCase: true, out CookieSameSite sameSite) && Enum.IsDefined(sameSite)
            ? sameSite
            : throw new InvalidRequestException($"'{value}' is no value of sameSite.");
    }
}
