using System.Text;

namespace RequestsAsync;

/// <summary>
/// The WHATWG "replacement" encoding: any text at all is one U+FFFD. It stands for encodings whose bytes can hide markup from
/// one reader and show it to another, ISO-2022-KR and HZ among them.
/// </summary>
internal sealed class ReplacementEncoding : Encoding
{
    public ReplacementEncoding()
        : base(codePage: 0)
    {
    }

    public override string WebName => "replacement";

    public override string EncodingName => WebName;

    public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => byteCount == 0 ? 0 : 1;

    public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        UTF8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => count == 0 ? 0 : 1;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        if (byteCount == 0) return 0;
        chars[charIndex] = '\uFFFD';
        return 1;
    }

    public override Decoder GetDecoder() => new OnceDecoder();

    private sealed class OnceDecoder : Decoder
    {
        private bool _done;

        public override int GetCharCount(byte[] bytes, int index, int count) => _done || count == 0 ? 0 : 1;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
        {
            if (_done || byteCount == 0) return 0;
            _done = true;
            chars[charIndex] = '\uFFFD';
            return 1;
        }

        public override void Reset() => _done = false;
    }
}
