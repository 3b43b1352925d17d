using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace RequestsAsync;

/// <summary>The encodings of the WHATWG standard, as encodings of the runtime. Nothing is registered with the runtime; malformed bytes decode to U+FFFD.</summary>
internal static class TextEncodings
{
    private const string PrivateCharacters = "\uF8F0\uF8F1\uF8F2\uF8F3\uF8F4\uF8F5\uF8F6\uF8F7\uF8F8";

    private const string Controls =
        "\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F" +
        "\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F";

    // The byte 80 is a character of Shift_JIS and of no other.
    private static readonly SearchValues<char> PrivateStrays = SearchValues.Create(PrivateCharacters);
    private static readonly SearchValues<char> Strays = SearchValues.Create(PrivateCharacters + Controls);

    // Encodings are immutable, so what was made once is kept for the process.
    private static readonly ConcurrentDictionary<string, Encoding> Made = new(StringComparer.Ordinal);

    /// <summary>The encoding that a label names, or <see langword="null"/> for an unknown one.</summary>
    public static Encoding? ForLabel(ReadOnlySpan<char> label) => CharsetLabels.NameOf(label) switch
    {
        null => null,
        "UTF-8" => Encoding.UTF8,
        "UTF-16LE" => Encoding.Unicode,
        "UTF-16BE" => Encoding.BigEndianUnicode,
        var name => Made.GetOrAdd(name, Make),
    };

    private static Encoding Make(string name) => name switch
    {
        "IBM866" => SingleByteTables.FromCodePage(name, 866),
        "ISO-8859-2" => SingleByteTables.FromCodePage(name, 28592),
        "ISO-8859-3" => SingleByteTables.FromCodePage(name, 28593),
        "ISO-8859-4" => SingleByteTables.FromCodePage(name, 28594),
        "ISO-8859-5" => SingleByteTables.FromCodePage(name, 28595),
        "ISO-8859-6" => SingleByteTables.FromCodePage(name, 28596),
        "ISO-8859-7" => SingleByteTables.FromCodePage(
            name, 28597, (0xA1, '\u2018'), (0xA2, '\u2019'), (0xA4, '\u20AC'), (0xA5, '\u20AF'), (0xAA, '\u037A')),
        "ISO-8859-8" or "ISO-8859-8-I" => SingleByteTables.FromCodePage(
            name, 28598, (0xAF, '\u00AF'), (0xFD, '\u200E'), (0xFE, '\u200F')),
        "ISO-8859-10" => SingleByteTables.FromUpperHalf(name, SingleByteTables.Iso8859Part10),
        "ISO-8859-13" => SingleByteTables.FromCodePage(name, 28603),
        "ISO-8859-14" => SingleByteTables.FromUpperHalf(name, SingleByteTables.Iso8859Part14),
        "ISO-8859-15" => SingleByteTables.FromCodePage(name, 28605),
        "ISO-8859-16" => SingleByteTables.FromUpperHalf(name, SingleByteTables.Iso8859Part16),
        "KOI8-R" => SingleByteTables.FromCodePage(name, 20866),
        "KOI8-U" => SingleByteTables.FromCodePage(name, 21866),
        "macintosh" => SingleByteTables.FromCodePage(name, 10000, (0xBD, '\u03A9')),
        "x-mac-cyrillic" => SingleByteTables.FromCodePage(name, 10017, (0xFF, '\u20AC')),
        "windows-874" => SingleByteTables.FromCodePage(name, 874),
        "windows-1250" => SingleByteTables.FromCodePage(name, 1250),
        "windows-1251" => SingleByteTables.FromCodePage(name, 1251),
        "windows-1252" => SingleByteTables.FromCodePage(name, 1252),
        "windows-1253" => SingleByteTables.FromCodePage(name, 1253),
        "windows-1254" => SingleByteTables.FromCodePage(name, 1254),
        "windows-1255" => SingleByteTables.FromCodePage(name, 1255),
        "windows-1256" => SingleByteTables.FromCodePage(name, 1256),
        "windows-1257" => SingleByteTables.FromCodePage(name, 1257),
        "windows-1258" => SingleByteTables.FromCodePage(name, 1258),
        "x-user-defined" => SingleByteTables.UserDefined(name),
        "GBK" or "gb18030" => MultiByte(54936),
        "Big5" => new StrictCodePage(MultiByte(950), Strays),
        "EUC-JP" => new StrictCodePage(MultiByte(51932), Strays),
        "ISO-2022-JP" => MultiByte(50221),
        "Shift_JIS" => new StrictCodePage(MultiByte(932), PrivateStrays),
        "EUC-KR" => new StrictCodePage(MultiByte(949), Strays),
        "replacement" => new ReplacementEncoding(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The label table names an encoding that nothing decodes."),
    };

    private static Encoding MultiByte(int codePage)
    {
        WhatwgDecoderFallback fallback = new(CodePagesEncodingProvider.Instance.GetEncoding(codePage)!);
        return CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, fallback)!;
    }
}
