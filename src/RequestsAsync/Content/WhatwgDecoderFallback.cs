using System.Text;

namespace RequestsAsync;

/// <summary>What bytes without a character of their own become in a multi-byte code page, by the WHATWG standard.</summary>
/// <remarks>
/// A pair that the code page has as a second spelling of a character (<c>ED40</c> of Shift_JIS) becomes that character. All
/// else is U+FFFD, and an ASCII byte after a stray lead byte stays itself: were it swallowed, the stray byte could hide a
/// quote or a <c>&lt;</c>.
/// </remarks>
internal sealed class WhatwgDecoderFallback : DecoderFallback
{
    private const int Gb18030 = 54936;

    private readonly Encoding _codePage;

    /// <param name="codePage">The code page with the runtime's own fallback, which alone knows the second spellings.</param>
    public WhatwgDecoderFallback(Encoding codePage) => _codePage = codePage;

    public override int MaxCharCount => 2;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(_codePage);

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private readonly Encoding _codePage;
        private string _text = "";
        private int _at;

        public Buffer(Encoding codePage) => _codePage = codePage;

        public override int Remaining => _text.Length - _at;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            _text = TextOf(bytesUnknown);
            _at = 0;
            return true;
        }

        public override char GetNextChar() => _at < _text.Length ? _text[_at++] : '\0';

        public override bool MovePrevious()
        {
            if (_at == 0) return false;
            _at--;
            return true;
        }

        public override void Reset() => (_text, _at) = ("", 0);

        private string TextOf(byte[] bytes)
        {
            // The one byte that GBK has and GB 18030, whose code page this is, has not: the euro sign of Windows.
            if (_codePage.CodePage == Gb18030 && bytes is [0x80]) return "\u20AC";

            // Both bytes of a pair in the 7-bit ISO-2022-JP look like ASCII and are none.
            if (bytes is not [>= 0x80, var last]) return "\uFFFD";

            // What the runtime itself shows for an unknown pair depends on the page: a question mark or, in Japanese, a middle dot.
            string known = _codePage.GetString(bytes);
            if (known is [not ('?' or '\u30FB' or '\uFFFD')]) return known;
            return last < 0x80 ? $"\uFFFD{(char)last}" : "\uFFFD";
        }
    }
}
