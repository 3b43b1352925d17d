using System.Text;

namespace RequestsAsync;

/// <summary>Reads header octets: UTF-8 where they are that, as most senders of today mean it, and otherwise Latin-1, which loses none (RFC 9110 §5.5).</summary>
internal sealed class HeaderEncoding : Encoding
{
    public static readonly HeaderEncoding Instance = new();

    private HeaderEncoding()
    {
    }

    /// <summary>Reads octets that somebody has taken for Latin-1.</summary>
    public static string OfLatin1(string text) =>
        Ascii.IsValid(text) || text.AsSpan().ContainsAnyExceptInRange('\0', '\xff') ? text : Instance.GetString(Latin1.GetBytes(text));

    public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        UTF8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => Choose(bytes.AsSpan(index, count)).GetCharCount(bytes, index, count);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        Choose(bytes.AsSpan(byteIndex, byteCount)).GetChars(bytes, byteIndex, byteCount, chars, charIndex);

    public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => Latin1.GetMaxCharCount(byteCount);

    private static Encoding Choose(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? UTF8 : Latin1;
}
