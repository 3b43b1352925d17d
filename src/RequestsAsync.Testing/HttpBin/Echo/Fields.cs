using System.Text.Json;

namespace RequestsAsync.Testing;

/// <summary>Names with one value or several, as queries and forms have them.</summary>
internal sealed class Fields
{
    private readonly List<(string Name, string Value)> _items = [];

    internal IReadOnlyList<(string Name, string Value)> Items => _items;

    /// <summary>Those of a query or a form.</summary>
    internal static Fields Decode(ReadOnlySpan<byte> encoded)
    {
        var fields = new Fields();
        foreach ((string name, string value) in FormUrlDecoder.Read(encoded))
            fields.Add(name, value);
        return fields;
    }

    internal void Add(string name, string value) => _items.Add((name, value));

    /// <summary>The first value of a name in any letter case, or <see langword="null"/>.</summary>
    internal string? First(string name)
    {
        foreach ((string key, string value) in _items)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return value;
        }

        return null;
    }

    /// <summary>Every name once, in its letter case, with its first value.</summary>
    internal IEnumerable<(string Name, string Value)> Distinct() => _items.DistinctBy(static item => item.Name, StringComparer.Ordinal);

    /// <summary>Writes an object: a string for each name, or a list for one that repeats.</summary>
    internal void Write(Utf8JsonWriter json, string member)
    {
        json.WriteStartObject(member);
        foreach (var values in _items.GroupBy(static item => item.Name, static item => item.Value, StringComparer.Ordinal)
                     .OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            WriteValues(json, values.Key, [.. values]);
        }

        json.WriteEndObject();
    }

    internal static void WriteValues(Utf8JsonWriter json, string name, IReadOnlyList<string?> values)
    {
        if (values.Count == 1)
        {
            json.WriteString(name, values[0]);
            return;
        }

        json.WriteStartArray(name);
        foreach (string? value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
