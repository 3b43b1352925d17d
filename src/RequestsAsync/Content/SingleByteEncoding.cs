using System.Text;

namespace RequestsAsync;

/// <summary>An encoding of one byte a character by a table; a byte without a character is U+FFFD, a character without a byte is <c>?</c>.</summary>
internal sealed class SingleByteEncoding : Encoding
{
    private readonly string _table;
    private readonly Lazy<Dictionary<char, byte>> _bytes;

    /// <param name="name">The name in the WHATWG Encoding standard.</param>
    /// <param name="table">The characters of all 256 bytes.</param>
    public SingleByteEncoding(string name, string table)
        : base(codePage: 0)
    {
        WebName = name;
        _table = table;
        _bytes = new(() => Invert(table));
    }

    public override string WebName { get; }

    public override string EncodingName => WebName;

    public override bool IsSingleByte => true;

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetCharCount(ReadOnlySpan<byte> bytes) => bytes.Length;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        GetBytes(chars.AsSpan(charIndex, charCount), bytes.AsSpan(byteIndex));

    public override int GetBytes(ReadOnlySpan<char> chars, Span<byte> bytes)
    {
        Dictionary<char, byte> table = _bytes.Value;
        for (int at = 0; at < chars.Length; at++)
            bytes[at] = chars[at] <= '\u007F' ? (byte)chars[at] : table.GetValueOrDefault(chars[at], (byte)'?');
        return chars.Length;
    }

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        string table = _table;
        for (int at = 0; at < bytes.Length; at++)
            chars[at] = table[bytes[at]];
        return bytes.Length;
    }

    private static Dictionary<char, byte> Invert(string table)
    {
        Dictionary<char, byte> bytes = [];
        for (int at = 128; at < table.Length; at++)
        {
            if (table[at] != '\uFFFD') bytes.TryAdd(table[at], (byte)at);
        }

        return bytes;
    }
}
