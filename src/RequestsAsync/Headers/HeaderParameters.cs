namespace RequestsAsync;

/// <summary>Collects the parameters of a field value: names without regard to case, the first of a name wins, an extended value (<c>name*</c>) beats a plain one.</summary>
internal sealed class HeaderParameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private HashSet<string>? _extended;

    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Adds a parameter as it stands in the field; one that is not valid is left out.</summary>
    public void Add(ReadOnlySpan<char> name, string value)
    {
        if (!HeaderRules.IsToken(name)) return;

        if (name[^1] != '*')
        {
            _values.TryAdd(name.ToString(), value);
        }
        else if (ExtendedValue.Decode(value) is { } decoded)
        {
            string plainName = name[..^1].ToString();
            if ((_extended ??= new(StringComparer.OrdinalIgnoreCase)).Add(plainName)) _values[plainName] = decoded;
        }
    }
}
