using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>What a cookie may consist of.</summary>
internal static class CookieSyntax
{
    /// <summary>The most bytes of UTF-8 that a name and a value have together (RFC 6265bis §5.6).</summary>
    public const int MaxPairBytes = 4096;

    /// <summary>The most bytes of UTF-8 of an attribute's value; a longer attribute is ignored.</summary>
    public const int MaxAttributeBytes = 1024;

    // RFC 6265bis §5.6: %x00-08 / %x0A-1F / %x7F. The tab is no control character here.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(code => code != '\t').Select(code => (char)code), '\x7f']);

    /// <summary>Whether the text can be sent: no control character, and no half of a surrogate pair, which UTF-8 cannot write.</summary>
    public static bool IsSendable(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(Controls)) return false;
        if (!text.ContainsAnyInRange('\ud800', '\udfff')) return true;

        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out int consumed) != OperationStatus.Done) return false;
            text = text[consumed..];
        }

        return true;
    }

    public static bool IsPairTooLong(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value) > MaxPairBytes;

    /// <summary>Without the spaces and tabs at both ends; no other white space counts.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(" \t");
}
