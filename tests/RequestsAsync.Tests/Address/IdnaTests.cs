using System.Text;

namespace RequestsAsync.Tests;

public sealed class IdnaTests
{
    [Theory]
    [InlineData("EXAMPLE.com", "example.com")]
    [InlineData("bücher.de", "xn--bcher-kva.de")]
    [InlineData("BÜCHER.de", "xn--bcher-kva.de")]
    [InlineData("bu\u0308cher.de", "xn--bcher-kva.de")]
    [InlineData("faß.de", "xn--fa-hia.de")]
    [InlineData("ẞ.de", "xn--zca.de")]
    [InlineData("日本語。ＪＰ", "xn--wgv71a119e.jp")]
    [InlineData("a\u00adb\u200b.ü", "ab.xn--tda")]
    [InlineData("㎒.ü", "mhz.xn--tda")]
    [InlineData("한국.kr", "xn--3e0b707e.kr")]
    [InlineData("אבג.example", "xn--4dbcd.example")]
    [InlineData("ශ්\u200dරී.com", "xn--10cl1a0b660p.com")]
    [InlineData("xn--tda.ü", "xn--tda.xn--tda")]
    [InlineData("XN--TDA.ü", "xn--tda.xn--tda")]
    [InlineData("..ü.", "..xn--tda.")]
    [InlineData("-a-.ü", "-a-.xn--tda")]
    [InlineData("≠", "xn--1ch")]
    [InlineData("💩.la", "xn--ls8h.la")]
    // The URL standard lets an ASCII domain pass whatever its Punycode holds.
    [InlineData("xn--0.com", "xn--0.com")]
    public void Domain_becomes_ascii(string domain, string ascii)
    {
        Assert.True(Idna.TryToAscii(domain, out string? actual, out string? problem), problem);
        Assert.Equal(ascii, actual);
    }

    [Theory]
    [InlineData("a\u200db")]
    [InlineData("a\u200cb")]
    [InlineData("\u0301a")]
    [InlineData("\u202ea")]
    [InlineData("\u0378")]
    [InlineData("\ufffd")]
    [InlineData("xn--ü")]
    [InlineData("ü.xn--")]
    [InlineData("ü.xn--abc-")]
    [InlineData("ü.xn--0")]
    [InlineData("ü.xn--99999999")]
    // "A" and a decomposed "ü" in Punycode
    [InlineData("ü.xn--A-0ea")]
    // right to left, beginning with a number; ending in Latin; mixing two kinds of digits
    [InlineData("1א")]
    [InlineData("אa")]
    [InlineData("א1\u0660")]
    [InlineData("א.1a\u05bf")]
    public void Invalid_domain_is_refused(string domain)
    {
        Assert.False(Idna.TryToAscii(domain, out string? ascii, out string? problem), ascii);
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Lone_surrogate_is_refused() => Assert.False(Idna.TryToAscii("a\ud800", out _, out _));

    [Fact]
    public void Endless_name_is_refused_before_the_work_is_done() =>
        Assert.False(Idna.TryToAscii(string.Concat(Enumerable.Repeat("\u0315\u0300\u4e00", 1_000_000)), out _, out _));

    // RFC 3492 §7.1 (A), (B), (D), (L), (S)
    [Theory]
    [InlineData("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn")]
    [InlineData("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye")]
    [InlineData("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a")]
    [InlineData("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b")]
    [InlineData("-> $1.00 <-", "-> $1.00 <--")]
    public void Punycode_goes_both_ways(string text, string encoded)
    {
        List<int> codePoints = CodePoints(text);
        StringBuilder written = new();
        Punycode.Encode(codePoints, written);
        Assert.Equal(encoded, written.ToString());

        List<int> read = [];
        Assert.True(Punycode.TryDecode(encoded, read));
        Assert.Equal(codePoints, read);
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("a-ü")]
    [InlineData("9")]
    public void Malformed_Punycode_is_refused(string encoded) => Assert.False(Punycode.TryDecode(encoded, []));

    [Fact]
    public void Normalisation_is_that_of_the_runtime()
    {
        Assert.SkipUnless("u\u0308".Normalize() == "ü", "the runtime does not normalise under InvariantGlobalization");

        int[][] sequences = [[], [0x301], [0x323, 0x307], [0x307, 0x323], [0x1161], [0x1161, 0x11A8], [0x3099], [0x0345, 0x0313]];
        // Blocks without newly encoded marks, which an older ICU would not know.
        foreach ((int first, int last) in new[] { (0, 0x5FF), (0x900, 0xDFF), (0x1E00, 0x309F), (0xAC00, 0xAFFF), (0xF900, 0xFB4F) })
        {
            for (int codePoint = first; codePoint <= last; codePoint++)
            {
                foreach (int[] marks in sequences) AssertNormalised([codePoint, .. marks]);
            }
        }
    }

    private static void AssertNormalised(int[] codePoints)
    {
        string text = string.Concat(codePoints.Select(char.ConvertFromUtf32));
        Assert.Equal(text.Normalize(), string.Concat(CanonicalComposition.Normalize([.. codePoints]).Select(char.ConvertFromUtf32)));
    }

    private static List<int> CodePoints(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];
}
