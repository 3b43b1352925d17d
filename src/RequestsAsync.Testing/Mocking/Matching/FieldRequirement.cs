namespace RequestsAsync.Testing;

/// <summary>A header field, a query parameter or a form field: with a value, with any value, or absent.</summary>
/// <param name="kind">What it is called in messages.</param>
/// <param name="name">Its name.</param>
/// <param name="value">Its value; <see langword="null"/> for any.</param>
/// <param name="isAbsent">Whether it must not be there.</param>
/// <param name="select">Where to look for it.</param>
/// <param name="needsBody">Whether that is in the content.</param>
/// <param name="isHeader">Whether it is a header field, whose secrets have other names.</param>
internal sealed class FieldRequirement(string kind, string name, string? value, bool isAbsent, Func<MockCall, RecordedFields> select, bool needsBody = false, bool isHeader = false) : IRequirement
{
    public bool NeedsBody => needsBody;

    public bool IsMet(MockCall call)
    {
        RecordedFields fields = select(call);
        if (isAbsent) return !fields.Contains(name);
        return value is null ? fields.Contains(name) : fields.Has(name, value);
    }

    public IEnumerable<Mismatch> Explain(MockCall call)
    {
        if (IsMet(call)) yield break;

        string? actual = select(call)[name];
        string got = actual is null ? "it is absent" : $"got {Shown(actual)}";
        string expected = isAbsent ? "to be absent" : value is null ? "any value" : Shown(value);
        yield return new Mismatch(Mismatch.OfField, $"{kind} '{name}': expected {expected}, {got}");
    }

    public override string ToString() => isAbsent ? $"no {kind} {name}" : value is null ? $"{kind} {name}" : $"{kind} {name}={Shown(value)}";

    private string Shown(string text)
    {
        string shown = isHeader ? ShownText.Field(name, text) : ShownText.Parameter(name, text);
        return shown == HarSecrets.Mark ? shown : CallText.Quoted(shown);
    }
}
