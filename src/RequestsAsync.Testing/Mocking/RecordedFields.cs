using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync.Testing;

/// <summary>Names and values that a request came with: header fields, query parameters or form fields, in their order. It never changes.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "They are called fields.")]
public sealed class RecordedFields : IReadOnlyCollection<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _fields;
    private readonly StringComparison _comparison;

    internal RecordedFields(List<KeyValuePair<string, string>> fields, StringComparison comparison)
    {
        _fields = fields;
        _comparison = comparison;
    }

    /// <summary>How many there are, each value counted.</summary>
    public int Count => _fields.Count;

    /// <summary>The value of a name, several joined by <c>", "</c>; <see langword="null"/> when it is absent. Names of header fields compare without case.</summary>
    /// <param name="name">The name.</param>
    public string? this[string name]
    {
        get
        {
            string? found = null;
            foreach ((string key, string value) in _fields)
            {
                if (string.Equals(key, name, _comparison)) found = found is null ? value : $"{found}, {value}";
            }

            return found;
        }
    }

    /// <summary>Every value of a name, apart and in order; none when it is absent.</summary>
    /// <param name="name">The name.</param>
    public IReadOnlyList<string> GetValues(string name) => [.. _fields.Where(field => string.Equals(field.Key, name, _comparison)).Select(field => field.Value)];

    /// <summary>Whether the name is there.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name)
    {
        foreach ((string key, _) in _fields)
        {
            if (string.Equals(key, name, _comparison)) return true;
        }

        return false;
    }

    /// <summary>Every name with its value, in order.</summary>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names only: values may be secrets.</summary>
    public override string ToString() => $"<RecordedFields [{string.Join(", ", _fields.Select(field => field.Key))}]>";

    /// <summary>Whether a name has a value, alone or as one of several.</summary>
    internal bool Has(string name, string expected)
    {
        int count = 0;
        foreach ((string key, string value) in _fields)
        {
            if (!string.Equals(key, name, _comparison)) continue;
            if (value == expected) return true;
            count++;
        }

        return count > 1 && this[name] == expected;
    }
}
