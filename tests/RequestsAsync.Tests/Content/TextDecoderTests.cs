using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class TextDecoderTests
{
    [Theory]
    [InlineData("text/plain", "C3A4", "ä")]
    [InlineData("text/plain; charset=latin1", "E480", "ä€")]
    [InlineData("text/plain; charset=nonsense", "C3A4", "ä")]
    [InlineData("text/plain", "EFBBBF61", "a")]
    [InlineData("text/plain; charset=utf-8", "EFBBBF61", "a")]
    [InlineData("text/plain", "FFFE6100", "a")]
    [InlineData("text/plain", "FEFF0061", "a")]
    [InlineData("text/plain; charset=utf-16", "FEFF0061", "a")]
    [InlineData("text/plain; charset=utf-16", "6100", "a")]
    [InlineData("text/plain; charset=koi8-r", "EFBBBFC1", "О╩©а")]
    [InlineData("text/plain", "61C362", "a\uFFFDb")]
    [InlineData(null, "C3A4", "ä")]
    [InlineData("", "", "")]
    public void The_charset_counts_before_the_mark_and_the_mark_before_UTF8(string? contentType, string hex, string expected) =>
        Assert.Equal(expected, TextDecoder.Decode(Convert.FromHexString(hex), contentType, defaultEncoding: null));

    [Fact]
    public void The_default_counts_where_nothing_tells_more()
    {
        Encoding koi = TextEncodings.ForLabel("koi8-r")!;
        Assert.Equal("а", TextDecoder.Decode([0xC1], "text/plain; charset=nonsense", koi));
        Assert.Equal("a", TextDecoder.Decode([0xEF, 0xBB, 0xBF, 0x61], "text/plain", koi));
        Assert.Equal("Á", TextDecoder.Decode([0xC1], "text/plain; charset=latin1", koi));
        Assert.Equal("Б", TextDecoder.Decode([.. "<meta charset=windows-1251>"u8, 0xC1], "text/html", koi)[^1..]);
    }

    [Theory]
    [InlineData("<meta charset=koi8-r>", "KOI8-R")]
    [InlineData("<META CHARSET = 'koi8-r' />", "KOI8-R")]
    [InlineData("<!doctype html><html lang=\"a>b\"><head><meta charset=\"koi8-r\">", "KOI8-R")]
    [InlineData("<meta http-equiv=content-type content='text/html; charset=koi8-r'>", "KOI8-R")]
    [InlineData("<meta content='text/html; charset = \"koi8-r\"' http-equiv=Content-Type>", "KOI8-R")]
    [InlineData("<meta content='charset charset=koi8-r;x' http-equiv=Content-Type>", "KOI8-R")]
    [InlineData("<!-- <meta charset=big5> --><meta charset=koi8-r>", "KOI8-R")]
    [InlineData("<!--><meta charset=koi8-r>", "KOI8-R")]
    [InlineData("<a title='<meta charset=big5>'><meta charset=koi8-r>", "KOI8-R")]
    [InlineData("<meta charset=nonsense><meta charset=koi8-r>", "KOI8-R")]
    [InlineData("<meta charset=utf-16>", "utf-8")]
    [InlineData("<meta charset=x-user-defined>", "windows-1252")]
    [InlineData("<?xml version='1.0' encoding='koi8-r'?><html>", "KOI8-R")]
    [InlineData("<?xml version='1.0' encoding='big5'?><meta charset=koi8-r>", "KOI8-R")]
    [InlineData("<meta content='text/html; charset=koi8-r'>", "utf-8")]
    [InlineData("<meta name=description content='charset=koi8-r'>", "utf-8")]
    [InlineData("<metal charset=koi8-r>", "utf-8")]
    [InlineData("<meta charset=koi8-r", "utf-8")]
    [InlineData("<meta charset='koi8-r", "utf-8")]
    [InlineData("<meta", "utf-8")]
    [InlineData("", "utf-8")]
    public void An_HTML_page_declares_its_encoding(string page, string expected) =>
        Assert.Equal(expected, TextDecoder.Choose(Encoding.ASCII.GetBytes(page), "text/html", defaultEncoding: null).WebName);

    [Fact]
    public void A_declaration_counts_in_the_first_1024_bytes_only()
    {
        string declaration = "<meta charset=koi8-r>";
        Assert.Equal("KOI8-R", Choose(new string(' ', 1024 - declaration.Length) + declaration));
        Assert.Equal("utf-8", Choose(new string(' ', 1025 - declaration.Length) + declaration));

        static string Choose(string page) => TextDecoder.Choose(Encoding.ASCII.GetBytes(page), "text/html", defaultEncoding: null).WebName;
    }

    [Theory]
    [InlineData("application/xml", "<?xml version='1.0' encoding='koi8-r'?>", "KOI8-R")]
    [InlineData("image/svg+xml", "<?xml version='1.0' encoding='koi8-r'?>", "KOI8-R")]
    [InlineData("application/xml", "<meta charset=koi8-r>", "utf-8")]
    [InlineData("text/plain", "<?xml version='1.0' encoding='koi8-r'?>", "utf-8")]
    [InlineData("application/json", "<meta charset=koi8-r>", "utf-8")]
    public void Only_markup_declares_its_encoding(string contentType, string text, string expected) =>
        Assert.Equal(expected, TextDecoder.Choose(Encoding.ASCII.GetBytes(text), contentType, defaultEncoding: null).WebName);

    [Fact]
    public void Text_that_can_be_decoded_is_not_held_back()
    {
        CharBuffer output = new();
        TextDecoder decoder = new("text/plain", defaultEncoding: null);
        Assert.Null(decoder.Encoding);
        decoder.Decode("a"u8, isLast: false, output);
        Assert.Equal("a", output.Unread);
        Assert.Equal("utf-8", decoder.Encoding?.WebName);

        decoder = new("text/html", defaultEncoding: null);
        decoder.Decode("<meta charset=koi8-r>"u8, isLast: false, output);
        Assert.Equal("KOI8-R", decoder.Encoding?.WebName);
    }

    [Fact]
    public void Chunks_decode_as_the_whole_does()
    {
        string[] types = ["text/plain", "text/html", "application/xml", "text/plain; charset=shift_jis", "text/plain; charset=utf-16", "text/plain; charset=hz-gb-2312"];
        Gen<byte[]> starts = Gen.Elements<byte[]>([], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB], [.. "<meta charset=gbk>"u8]);
        Arbitrary<(byte[] Start, byte[] Tail, int Step, string Type)> cases =
            (from start in starts
             from rest in ArbMap.Default.GeneratorFor<byte[]>()
             from step in Gen.Choose(1, 7)
             from type in Gen.Elements(types)
             select (start, rest, step, type)).ToArbitrary();

        Prop.ForAll(cases, @case =>
        {
            byte[] body = [.. @case.Start, .. @case.Tail];
            CharBuffer output = new();
            TextDecoder decoder = new(@case.Type, defaultEncoding: null);
            foreach (byte[] chunk in body.Chunk(@case.Step))
                decoder.Decode(chunk, isLast: false, output);
            decoder.Decode([], isLast: true, output);
            return output.Unread.SequenceEqual(TextDecoder.Decode(body, @case.Type, defaultEncoding: null));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Never_throws_on_any_page() =>
        Prop.ForAll(
            Gen.Elements("<", ">", "<meta ", "charset", "=", "'", "\"", "<!--", "-->", "http-equiv", "content-type", "content", "/", " ", ";", "gbk", "<?xml", "encoding", "\0")
                .ListOf().Select(string.Concat).ToArbitrary(),
            page => TextDecoder.Decode(Encoding.UTF8.GetBytes(page), "text/html", defaultEncoding: null) is not null).QuickCheckThrowOnFailure();
}
