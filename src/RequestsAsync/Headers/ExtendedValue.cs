using System.Text;

namespace RequestsAsync;

/// <summary>RFC 8187 extended values: <c>UTF-8'en'na%C3%AFve</c>.</summary>
internal static class ExtendedValue
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The decoded text, or <see langword="null"/> when the value is not valid and so is to be ignored.</summary>
    public static string? Decode(ReadOnlySpan<char> value)
    {
        int charsetLength = value.IndexOf('\'');
        if (charsetLength <= 0) return null;

        int languageLength = value[(charsetLength + 1)..].IndexOf('\'');
        if (languageLength < 0) return null;

        // RFC 5987 had ISO-8859-1 beside UTF-8; here it is the true one, not the windows-1252 of the web.
        Encoding? encoding = value[..charsetLength] switch
        {
            var name when name.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) => StrictUtf8,
            var name when name.Equals("ISO-8859-1", StringComparison.OrdinalIgnoreCase) => Encoding.Latin1,
            var name when name.Equals("US-ASCII", StringComparison.OrdinalIgnoreCase) => StrictUtf8,
            _ => null,
        };
        return encoding is null ? null : Decode(value[(charsetLength + languageLength + 2)..], encoding);
    }

    private static string? Decode(ReadOnlySpan<char> text, Encoding encoding)
    {
        byte[] bytes = new byte[text.Length];
        int length = 0;
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '%')
            {
                if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2])) return null;
                bytes[length++] = (byte)((HexValue(text[at + 1]) << 4) | HexValue(text[at + 2]));
                at += 2;
            }
            else if (c is > ' ' and < '\u007F' and not '"')
            {
                // Wider than attr-char: senders leave more unescaped than they may, and it is clear what they mean.
                bytes[length++] = (byte)c;
            }
            else
            {
                return null;
            }
        }

        try
        {
            return encoding.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int HexValue(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
