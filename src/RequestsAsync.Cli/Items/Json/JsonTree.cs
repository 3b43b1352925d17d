using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RequestsAsync.Cli;

/// <summary>A JSON value that items build step by step. Numbers and strings keep the spelling they were given, and objects the order of their members.</summary>
internal abstract class JsonTree
{
    private const int MaxDepth = 500;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth };

    // Compact, and letters of the basic plane as UTF-8, as in every other JSON of this library.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2 * MaxDepth };

    /// <summary>What JSON calls it: <c>object</c>, <c>array</c>, <c>string</c> …</summary>
    public abstract string TypeName { get; }

    /// <summary>Reads a JSON text.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public static JsonTree Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, Reading);
        try
        {
            return Of(document.RootElement);
        }
        catch (InvalidOperationException e) // half of a surrogate pair in a name
        {
            throw new System.Text.Json.JsonException("A name is no text.", e);
        }
    }

    /// <summary>A string.</summary>
    public static JsonTree Text(string value)
    {
        using MemoryStream target = new();
        using (Utf8JsonWriter writer = new(target, Writing))
            writer.WriteStringValue(value);
        return new JsonScalar("string", Encoding.UTF8.GetString(target.ToArray()));
    }

    /// <summary>The JSON text, compact, in UTF-8.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream target = new();
        using (Utf8JsonWriter writer = new(target, Writing))
            WriteTo(writer);
        return target.ToArray();
    }

    internal abstract void WriteTo(Utf8JsonWriter writer);

    private static JsonTree Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                JsonTreeObject members = new();
                foreach (JsonProperty member in element.EnumerateObject())
                    members.Add(member.Name, Of(member.Value));
                return members;

            case JsonValueKind.Array:
                JsonTreeArray items = new();
                foreach (JsonElement item in element.EnumerateArray())
                    items.Add(Of(item));
                return items;

            default:
                return new JsonScalar(NameOf(element.ValueKind), element.GetRawText());
        }
    }

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
