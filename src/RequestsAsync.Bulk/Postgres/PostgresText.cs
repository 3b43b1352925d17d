using System.Text;
using System.Text.Json;

namespace RequestsAsync.Bulk;

/// <summary>What a request's parts are in columns.</summary>
internal static class PostgresText
{
    /// <summary>A text that a column can hold: a line that is no request may have a NUL or half a surrogate in it, and gets U+FFFD there.</summary>
    public static string Of(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0) text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text.Replace('\0', '\ufffd');
    }

    /// <summary>Header fields, as a JSON array of names and values; <see langword="null"/> for none.</summary>
    public static string? Of(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (headers.Count == 0) return null;
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartArray();
            foreach ((string name, string value) in headers)
            {
                writer.WriteStringValue(name);
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads what <see cref="Of(IReadOnlyList{KeyValuePair{string, string}})"/> wrote.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(string? text)
    {
        if (text is null) return [];
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement fields = document.RootElement;
        KeyValuePair<string, string>[] headers = new KeyValuePair<string, string>[fields.GetArrayLength() / 2];
        for (int i = 0; i < headers.Length; i++) headers[i] = new(fields[2 * i].GetString()!, fields[(2 * i) + 1].GetString()!);
        return headers;
    }
}
