using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RequestsAsync.Testing;

/// <summary>
/// Cookie values as Python's <c>http.cookies</c> writes and reads them: a value with a character that RFC 6265 §4.1.1 forbids is put in
/// quotation marks, with such bytes as three octal digits.
/// </summary>
internal static class CookieText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    internal static string Quote(string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Plain)) return value;
        var quoted = new StringBuilder("\"");
        foreach (byte b in Encoding.UTF8.GetBytes(value))
        {
            if (b is (byte)'"' or (byte)'\\') quoted.Append('\\').Append((char)b);
            else if (b == ' ' || Plain.Contains((char)b)) quoted.Append((char)b);
            else quoted.Append('\\').Append(Convert.ToString(b, toBase: 8).PadLeft(3, '0'));
        }

        return quoted.Append('"').ToString();
    }

    internal static string Unquote(string value)
    {
        if (value is not ['"', .. string inner, '"']) inner = value;
        bool isQuoted = inner.Length < value.Length;
        byte[] bytes = new byte[inner.Length];
        int length = 0;
        for (int i = 0; i < inner.Length; i++)
        {
            char c = inner[i];
            if (c > '\xFF') return value;
            if (isQuoted && c == '\\' && i + 1 < inner.Length)
            {
                if (TryOctal(inner.AsSpan(i + 1), out byte octal))
                {
                    bytes[length++] = octal;
                    i += 3;
                    continue;
                }

                c = inner[++i];
            }

            bytes[length++] = (byte)c;
        }

        // Headers come as Latin-1; what was sent in UTF-8 is to be read so.
        ReadOnlySpan<byte> decoded = bytes.AsSpan(0, length);
        return (Utf8.IsValid(decoded) ? Encoding.UTF8 : Encoding.Latin1).GetString(decoded);
    }

    private static bool TryOctal(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        if (text.Length < 3 || text[0] is < '0' or > '3' || text[1] is < '0' or > '7' || text[2] is < '0' or > '7') return false;
        value = (byte)(((text[0] - '0') << 6) | ((text[1] - '0') << 3) | (text[2] - '0'));
        return true;
    }
}
