using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync;

/// <summary>Marks the secrets in a content that is text: JSON, a form, XML, or one that has pieces of these in it.</summary>
/// <param name="rules">What is secret.</param>
/// <param name="secrets">What marks a value.</param>
internal sealed partial class HarSecretText(HarSecretRules rules, HarSecrets secrets)
{
    // A text that is marked keeps its characters as they are.
    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Mark(string text, string mimeType)
    {
        if (mimeType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return secrets.Parameters(text, HarSecrets.Mark);
        return mimeType.Contains("json", StringComparison.OrdinalIgnoreCase) && Json(text) is { } json ? json : Pieces(text);
    }

    /// <summary>The parts of a form whose names tell a secret.</summary>
    public string Parts(string text, string boundary)
    {
        if (boundary.Length == 0) return text;

        string[] parts = text.Split("--" + boundary);
        for (int i = 1; i < parts.Length; i++)
        {
            int content = parts[i].IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (content < 0) continue;

            content += 4;
            int end = Math.Max(content, parts[i].EndsWith("\r\n", StringComparison.Ordinal) ? parts[i].Length - 2 : parts[i].Length);
            string value = parts[i][content..end];
            Match name = PartName().Match(parts[i][..content]);
            if (value.Length > 0 && name.Success && rules.IsParameter(name.Groups["name"].Value, value))
                parts[i] = parts[i][..content] + secrets.Found(value, HarSecrets.Mark) + parts[i][end..];
            else
                parts[i] = parts[i][..content] + Pieces(value) + parts[i][end..];
        }

        return string.Join("--" + boundary, parts);
    }

    // Lines of JSON, events with JSON in them, XML, and the rest.
    private string Pieces(string text)
    {
        text = JsonMember().Replace(text, match =>
        {
            string value = match.Groups["value"].Value;
            return rules.IsMember(match.Groups["name"].Value, value) && value.Length > 0
                ? $"{match.Groups["before"].Value}{secrets.Found(value, HarSecrets.Mark)}\""
                : match.Value;
        });
        text = Element().Replace(text, match =>
        {
            string value = match.Groups["value"].Value;
            return rules.IsMember(match.Groups["name"].Value, value)
                ? $"{match.Groups["before"].Value}{secrets.Found(value, HarSecrets.Mark)}{match.Groups["after"].Value}"
                : match.Value;
        });
        return secrets.UrlsIn(text);
    }

    // Only a text that has secrets is written anew.
    private string? Json(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            using MemoryStream marked = new();
            bool any = false;
            using (Utf8JsonWriter json = new(marked, Plain))
                Write(json, document.RootElement, isSecret: false, ref any);
            return any ? Encoding.UTF8.GetString(marked.GetBuffer(), 0, (int)marked.Length) : text;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    // What lies below a secret name is secret too: "tokens": ["a", "b"].
    private void Write(Utf8JsonWriter json, JsonElement element, bool isSecret, ref bool any)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    string value = member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? member.Value.ToString() : "";
                    Write(json, member.Value, isSecret || rules.IsMember(member.Name, value), ref any);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    Write(json, item, isSecret, ref any);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                string old = element.GetString()!;
                string marked = !isSecret ? secrets.UrlsIn(old) : old.Length == 0 ? old : secrets.Found(old, HarSecrets.Mark);
                any |= marked != old;
                json.WriteStringValue(marked);
                break;
            case JsonValueKind.Number when isSecret:
                any |= element.GetRawText() != "0";
                secrets.Found(element.GetRawText(), HarSecrets.Mark);
                json.WriteNumberValue(0); // a reader wants a number
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    [GeneratedRegex("""(?<before>"(?<name>[^"\\\r\n]{1,100})"\s*:\s*")(?<value>(?:[^"\\\r\n]|\\.)*)" """, RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex JsonMember();

    [GeneratedRegex("""(?<before><(?<name>[\w.:-]{1,100})(?:\s[^<>]*)?>)(?<value>[^<>]+)(?<after></)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    [GeneratedRegex("""\bname="?(?<name>[^";\r\n]*)""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PartName();
}
