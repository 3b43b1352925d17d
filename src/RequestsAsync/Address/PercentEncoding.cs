using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>The percent-encode sets of the URL standard, each as the characters that stay, and the decoding.</summary>
/// <remarks>'%' stays in every component, so that nothing is ever encoded twice.</remarks>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%";

    /// <summary>What stays in a user name or password.</summary>
    public static SearchValues<char> UserInfo { get; } = SearchValues.Create(Unreserved + "!$&'()*+,");

    /// <summary>What stays in a path.</summary>
    public static SearchValues<char> Path { get; } = SearchValues.Create(Unreserved + "!$&'()*+,/:;=@[\\]|");

    /// <summary>What stays in the query of http, https, ws and wss.</summary>
    public static SearchValues<char> Query { get; } = SearchValues.Create(Unreserved + "!$&()*+,/:;=@[\\]|?^`{}");

    /// <summary>What stays in a fragment.</summary>
    public static SearchValues<char> Fragment { get; } = SearchValues.Create(Unreserved + "!$&'()*+,/:;=@[\\]|?^{}#");

    /// <summary>Decodes "%XX" sequences as UTF-8; malformed sequences stay, malformed UTF-8 becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.Contains('%')) return text.ToString();

        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            Span<byte> utf8 = bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes));
            return Encoding.UTF8.GetString(utf8[..DecodeInPlace(utf8)]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    /// <summary>The same of bytes, in their place.</summary>
    /// <returns>How many are left.</returns>
    public static int DecodeInPlace(Span<byte> utf8)
    {
        int written = 0;
        for (int i = 0; i < utf8.Length; i++)
        {
            byte next = utf8[i];
            if (next == '%' && i + 2 < utf8.Length && char.IsAsciiHexDigit((char)utf8[i + 1]) && char.IsAsciiHexDigit((char)utf8[i + 2]))
            {
                next = (byte)(HexValue(utf8[i + 1]) << 4 | HexValue(utf8[i + 2]));
                i += 2;
            }

            utf8[written++] = next;
        }

        return written;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
