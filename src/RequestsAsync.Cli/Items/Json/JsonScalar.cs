using System.Text.Json;

namespace RequestsAsync.Cli;

/// <summary>A string, a number, a boolean or null, in its own spelling.</summary>
internal sealed class JsonScalar(string typeName, string raw) : JsonTree
{
    public static JsonScalar Null { get; } = new("null", "null");

    public override string TypeName => typeName;

    /// <summary>The text without JSON's quotes and escapes, as a field of a form has it.</summary>
    public string Plain
    {
        get
        {
            if (typeName != "string") return raw;

            using JsonDocument document = JsonDocument.Parse(raw);
            return document.RootElement.GetString()!;
        }
    }

    internal override void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(raw, skipInputValidation: true);
}
