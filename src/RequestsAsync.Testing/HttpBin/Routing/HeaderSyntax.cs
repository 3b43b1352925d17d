namespace RequestsAsync.Testing;

/// <summary>What may stand in a header (RFC 9110 §5.5): a client must not be able to write more than one line.</summary>
internal static class HeaderSyntax
{
    /// <summary>Whether a server may write it; blanks around it are none of the value.</summary>
    internal static bool IsValue(ReadOnlySpan<char> value) => HeaderRules.ValueProblem(value.Trim(" \t")) is null;
}
