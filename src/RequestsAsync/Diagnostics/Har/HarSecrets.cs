using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace RequestsAsync;

/// <summary>Puts a mark in the place of what is secret by its name.</summary>
/// <param name="keep">Whether everything stays as it is.</param>
internal sealed class HarSecrets(bool keep)
{
    public const string Mark = "[redacted]";

    private static readonly FrozenSet<string> SecretHeaders = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "Api-Key", "X-Auth-Token", "X-Amz-Security-Token", "X-Csrf-Token", "X-Xsrf-Token",
        "X-Access-Token", "X-Vault-Token", "Private-Token", "Authentication-Info", "Proxy-Authentication-Info");

    // Compared without upper case, '-' and '_'.
    private static readonly string[] SecretParts =
        ["password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "privatekey", "credential", "authorization", "signature", "sessionid", "assertion"];

    private static readonly FrozenSet<string> SecretNames = FrozenSet.Create(StringComparer.Ordinal, "pass", "key", "auth", "sig", "sid", "pin", "otp", "code", "jwt");

    /// <summary>The names and values of a query or a form, decoded.</summary>
    public static IEnumerable<(string Name, string Value)> Fields(string encoded)
    {
        foreach (string field in encoded.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            yield return (Decode(equals < 0 ? field : field[..equals]), equals < 0 ? "" : Decode(field[(equals + 1)..]));
        }
    }

    /// <summary>Whether a name is that of a secret.</summary>
    public static bool IsSecret(string name)
    {
        string plain = name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        return SecretNames.Contains(plain) || Array.Exists(SecretParts, part => plain.Contains(part, StringComparison.Ordinal));
    }

    public string Header(string name, string value) => !keep && SecretHeaders.Contains(name) ? Mark : value;

    public string Cookie(string value) => keep ? value : Mark;

    public string Value(string name, string value) => !keep && IsSecret(name) ? Mark : value;

    /// <summary>A URL, with the secrets in its query marked; the rest stays character by character.</summary>
    public string Url(string url)
    {
        int query = url.IndexOf('?', StringComparison.Ordinal);
        if (keep || query < 0) return url;

        int end = url.IndexOf('#', query);
        if (end < 0) end = url.Length;
        IEnumerable<string> fields = url[(query + 1)..end].Split('&').Select(static field =>
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            return equals > 0 && IsSecret(Decode(field[..equals])) ? field[..(equals + 1)] + Mark : field;
        });
        return $"{url[..(query + 1)]}{string.Join('&', fields)}{url[end..]}";
    }

    /// <summary>A body, where it is JSON or a form with the secrets in it marked.</summary>
    public string Body(string text, string type)
    {
        if (keep) return text;
        if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return Url("?" + text)[1..];
        return type.Contains("json", StringComparison.OrdinalIgnoreCase) ? Json(text) : text;
    }

    // Only a text that has secrets is written anew.
    private static string Json(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            if (!HasSecret(document.RootElement)) return text;

            using MemoryStream marked = new();
            using (Utf8JsonWriter json = new(marked))
                Write(json, document.RootElement);
            return Encoding.UTF8.GetString(marked.GetBuffer(), 0, (int)marked.Length);
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }

    private static bool HasSecret(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(static member => IsSecret(member.Name) || HasSecret(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(HasSecret),
        _ => false,
    };

    private static void Write(Utf8JsonWriter json, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (JsonProperty member in element.EnumerateObject())
            {
                json.WritePropertyName(member.Name);
                if (IsSecret(member.Name) && member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number) json.WriteStringValue(Mark);
                else Write(json, member.Value);
            }

            json.WriteEndObject();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (JsonElement item in element.EnumerateArray())
                Write(json, item);
            json.WriteEndArray();
        }
        else
        {
            element.WriteTo(json);
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
