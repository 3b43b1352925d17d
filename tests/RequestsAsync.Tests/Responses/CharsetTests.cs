using System.Text;

namespace RequestsAsync.Tests;

/// <summary>The encoding of a text, from the wire to the string: whole, in lines, and cut at every byte.</summary>
public sealed class CharsetTests
{
    private const string Plain = "text/plain";
    private const string Html = "text/html";

    // The ASCII around the bytes tells a wrong encoding (UTF-16, say) from a right one.
    public static TheoryData<string, string, string, string> Texts => new()
    {
        { "shift_jis", $"{Plain}; charset=shift_jis", "82B1 82F1 82C9 82BF 82CD", "こんにちは" },
        { "sjis by its other name", $"{Plain}; charset=Windows-31J", "82B1 82F1", "こん" },
        { "euc-jp", $"{Plain}; charset=euc-jp", "A4B3 A4F3", "こん" },
        { "iso-2022-jp", $"{Plain}; charset=iso-2022-jp", "1B2442 2433 2473 1B2842", "こん" },
        { "euc-kr", $"{Plain}; charset=euc-kr", "BEC8 B3E7", "안녕" },
        { "ks_c_5601-1987", $"{Plain}; charset=ks_c_5601-1987", "BEC8 B3E7", "안녕" },
        { "windows-1251", $"{Plain}; charset=windows-1251", "CF F0 E8 E2 E5 F2", "Привет" },
        { "koi8-r", $"{Plain}; charset=koi8-r", "F0 D2 C9 D7 C5 D4", "Привет" },
        { "gbk", $"{Plain}; charset=gbk", "C4E3 BAC3", "你好" },
        { "gb2312", $"{Plain}; charset=GB2312", "C4E3 BAC3", "你好" },
        { "gb18030 beyond gbk", $"{Plain}; charset=gb18030", "9439FC36", "😀" },
        { "big5", $"{Plain}; charset=big5", "A741 A66E", "你好" },
        { "latin1 is windows-1252", $"{Plain}; charset=ISO-8859-1", "93 E9 94", "“é”" },
        { "quoted and upper case", $"{Plain}; charset=\"UTF-8\"", "C3A9", "é" },
        { "nothing said is utf-8", Plain, "C3A9", "é" },
        { "html without a word is utf-8", Html, "C3A9", "é" },
        { "unknown is as good as none", $"{Plain}; charset=klingon", "C3A9", "é" },
        { "empty is as good as none", $"{Plain}; charset=", "C3A9", "é" },
        { "no encoding at all", $"{Plain}; charset=\";;\"", "C3A9", "é" },
        { "malformed bytes are replaced", $"{Plain}; charset=utf-8", "FF C3", "\uFFFD\uFFFD" },
        { "malformed pairs are replaced", $"{Plain}; charset=shift_jis", "82 41 82", "\uFFFDA\uFFFD" },
        { "a byte that begins nothing in shift_jis", $"{Plain}; charset=shift_jis", "A0 41 FD FF 80 B1", "\uFFFDA\uFFFD\uFFFD\u0080ｱ" },
        { "a byte that begins nothing in euc-kr", $"{Plain}; charset=euc-kr", "41 80 FF 41", "A\uFFFD\uFFFDA" },
        { "a byte that begins nothing in euc-jp", $"{Plain}; charset=euc-jp", "41 80 FF A0 41", "A\uFFFD\uFFFD\uFFFDA" },
        { "a byte that begins nothing in big5", $"{Plain}; charset=big5", "41 80 FF 41", "A\uFFFD\uFFFDA" },
        { "the euro sign of gbk", $"{Plain}; charset=gbk", "80 41 80 C4E3 80", "€A€你€" },
        { "utf-8 mark", Plain, "EFBBBF C3A9", "é" },
        { "utf-16 mark, little end first", Plain, "FFFE E900 0A00", "é\n" },
        { "utf-16 mark, big end first", Plain, "FEFF 00E9 000A", "é\n" },
        { "the header before the mark", $"{Plain}; charset=windows-1252", "EFBBBF 41", "ï»¿A" },
        { "the header before the meta", $"{Html}; charset=utf-8", Hex("<meta charset=big5>") + "C3A9", "<meta charset=big5>é" },
        { "meta charset", Html, Hex("<!doctype html><meta charset=\"shift_jis\"><p>") + "82B1 82F1", "<!doctype html><meta charset=\"shift_jis\"><p>こん" },
        {
            "meta http-equiv", Html, Hex("<META http-equiv='content-type' content='text/html; charset=euc-kr'>") + "BEC8",
            "<META http-equiv='content-type' content='text/html; charset=euc-kr'>안"
        },
        { "an unknown meta", Html, Hex("<meta charset=klingon>") + "C3A9", "<meta charset=klingon>é" },
        { "meta is nothing in plain text", Plain, Hex("<meta charset=big5>") + "C3A9", "<meta charset=big5>é" },
        { "xml declaration", "application/xml", Hex("<?xml version='1.0' encoding='windows-1251'?>") + "CFF0", "<?xml version='1.0' encoding='windows-1251'?>Пр" },
        { "empty", Html, "", "" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task The_text_is_the_one_that_was_meant(string name, string type, string hex, string expected)
    {
        Assert.NotEmpty(name);
        byte[] body = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        string[] lines = expected.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (byte[] answer in new[] { Answers.Whole(type, body), Answers.ByteByByte(type, body) })
        {
            await using FaultyServer server = Answers.Server(answer);
            await using Session session = new();
            Response buffered = await session.GetAsync(server.Url);
            Assert.Equal(expected, buffered.Text);
            foreach (bool awaited in new[] { true, false })
            {
                await using Response streamed = await session.OpenAsync(awaited, server.Url);
                Assert.Equal(lines, await streamed.ReadLinesAsync(awaited));
                Assert.Equal(lines, await buffered.ReadLinesAsync(awaited));
            }
        }
    }

    [Fact]
    public async Task A_default_encoding_comes_last_and_a_set_one_first()
    {
        byte[] body = [0xCF, 0xF0];
        await using FaultyServer server = Answers.Server(Answers.Whole(Plain, body));
        await using Session session = new(new() { DefaultEncoding = Encoding.Latin1 });
        Assert.Equal("Ïð", (await session.GetAsync(server.Url)).Text);

        await using Response streamed = await session.StreamAsync("GET", server.Url);
        streamed.Encoding = CodePagesEncodingProvider.Instance.GetEncoding("windows-1251");
        Assert.Equal(["Пр"], await streamed.ReadLinesAsync(awaited: true));
    }

    private static string Hex(string ascii) => Convert.ToHexString(Encoding.ASCII.GetBytes(ascii));
}
