using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>A multi-byte code page in which a byte that begins nothing is malformed, as the WHATWG standard has it.</summary>
/// <remarks>The runtime, as Windows, makes characters of such bytes: private ones (<c>FF</c> of Shift_JIS is U+F8F3) or controls. No other bytes give these.</remarks>
internal sealed class StrictCodePage : Encoding
{
    private readonly Encoding _codePage;
    private readonly SearchValues<char> _strays;

    /// <param name="codePage">The code page of the runtime.</param>
    /// <param name="strays">What it makes of bytes that begin nothing.</param>
    public StrictCodePage(Encoding codePage, SearchValues<char> strays)
    {
        _codePage = codePage;
        _strays = strays;
    }

    public override string WebName => _codePage.WebName;

    public override int GetByteCount(char[] chars, int index, int count) => _codePage.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        _codePage.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => _codePage.GetCharCount(bytes, index, count);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        Mend(chars, charIndex, _codePage.GetChars(bytes, byteIndex, byteCount, chars, charIndex), _strays);

    public override int GetMaxByteCount(int charCount) => _codePage.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => _codePage.GetMaxCharCount(byteCount);

    public override Decoder GetDecoder() => new StrictDecoder(_codePage.GetDecoder(), _strays);

    private static int Mend(char[] chars, int start, int count, SearchValues<char> strays)
    {
        Span<char> rest = chars.AsSpan(start, count);
        while (rest.IndexOfAny(strays) is >= 0 and int at)
        {
            rest[at] = '\uFFFD';
            rest = rest[(at + 1)..];
        }

        return count;
    }

    private sealed class StrictDecoder(Decoder decoder, SearchValues<char> strays) : Decoder
    {
        public override int GetCharCount(byte[] bytes, int index, int count) => decoder.GetCharCount(bytes, index, count);

        public override int GetCharCount(byte[] bytes, int index, int count, bool flush) => decoder.GetCharCount(bytes, index, count, flush);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
            GetChars(bytes, byteIndex, byteCount, chars, charIndex, flush: false);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, bool flush) =>
            Mend(chars, charIndex, decoder.GetChars(bytes, byteIndex, byteCount, chars, charIndex, flush), strays);

        public override void Reset() => decoder.Reset();
    }
}
