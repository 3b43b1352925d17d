using System.Buffers;

namespace RequestsAsync.Testing;

/// <summary>What may stand in a header (RFC 9110 §5.1, §5.5): a client must not be able to write more than one line.</summary>
internal static class HeaderSyntax
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    internal static bool IsName(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(TokenCharacters);

    internal static bool IsValue(ReadOnlySpan<char> value)
    {
        foreach (char c in value)
        {
            if (c is (< ' ' and not '\t') or '\x7F') return false;
        }

        return true;
    }
}
