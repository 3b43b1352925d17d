using System.Text.Json;

namespace RequestsAsync.Cli;

/// <summary>A JSON array; a place that was skipped is null.</summary>
internal sealed class JsonTreeArray : JsonTree
{
    private readonly List<JsonTree> _items = [];

    public override string TypeName => "array";

    /// <summary>The item at an index, or <see langword="null"/> when there is none or JSON's null; setting it fills what is missing before it with null.</summary>
    public JsonTree? this[int index]
    {
        get => index < _items.Count && _items[index] != JsonScalar.Null ? _items[index] : null;
        set
        {
            while (_items.Count <= index) _items.Add(JsonScalar.Null);
            _items[index] = value!;
        }
    }

    public void Add(JsonTree item) => _items.Add(item);

    internal override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (JsonTree item in _items)
            item.WriteTo(writer);
        writer.WriteEndArray();
    }
}
