using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>Writes <c>application/x-www-form-urlencoded</c>, for forms and for queries.</summary>
/// <remarks>Letters, digits and <c>-._~</c> stay, a space is <c>+</c>, every other byte of the UTF-8 text is <c>%XX</c>, as Python's <c>quote_plus</c> has it.</remarks>
internal static class FormUrlEncoder
{
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The pairs as <c>a=1&amp;b=2</c>, in their order.</summary>
    public static string Encode(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        StringBuilder target = new();
        foreach ((string name, string value) in pairs)
        {
            if (target.Length > 0) target.Append('&');
            AppendPair(target, name, value);
        }

        return target.ToString();
    }

    /// <summary>Appends <c>name=value</c>, without a separator.</summary>
    public static void AppendPair(StringBuilder target, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        Append(target, name);
        target.Append('=');
        Append(target, value);
    }

    /// <summary>Appends the text, encoded. A surrogate without its other half is sent as U+FFFD.</summary>
    public static void Append(StringBuilder target, ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (true)
        {
            int plain = text.IndexOfAnyExcept(Unreserved);
            if (plain < 0)
            {
                target.Append(text);
                return;
            }

            target.Append(text[..plain]);
            text = text[plain..];
            if (text[0] == ' ')
            {
                target.Append('+');
                text = text[1..];
                continue;
            }

            Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
            text = text[consumed..];
            int length = rune.EncodeToUtf8(utf8);
            foreach (byte b in utf8[..length])
                target.Append('%').Append(HexDigit(b >> 4)).Append(HexDigit(b & 0xF));
        }
    }

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
