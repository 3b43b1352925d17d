using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class LineDecoderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\nb", "a|b")]
    [InlineData("a\r\nb\rc\nd", "a|b|c|d")]
    [InlineData("a\n\nb", "a||b")]
    [InlineData("a\r\rb", "a||b")]
    [InlineData("a\r\n\r\nb", "a||b")]
    [InlineData("a\n\rb", "a||b")]
    [InlineData("a\u0085b\u2028c\fd", "a\u0085b\u2028c\fd")]
    public void Lines_end_at_each_of_three_terminators(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Lines(Encoding.UTF8.GetBytes(text), step: int.MaxValue)));

    [Fact]
    public void A_lone_terminator_is_one_empty_line() => Assert.Equal([""], Lines("\r\n"u8.ToArray(), step: 1));

    [Fact]
    public void The_terminator_may_be_cut_by_the_chunks()
    {
        LineDecoder decoder = new(new TextDecoder(Encoding.UTF8));
        decoder.Append("a\r"u8);
        Assert.True(decoder.TryReadLine(out string? line));
        Assert.Equal("a", line);
        decoder.Append("\n"u8);
        Assert.False(decoder.TryReadLine(out _));
        decoder.Append("b\n"u8);
        Assert.True(decoder.TryReadLine(out line));
        Assert.Equal("b", line);
        decoder.Flush();
        Assert.False(decoder.TryReadLine(out _));
    }

    [Fact]
    public void A_line_longer_than_allowed_fails_before_it_is_whole()
    {
        LineDecoder decoder = new(new TextDecoder(Encoding.UTF8), maxLineLength: 4);
        decoder.Append("abcd\n"u8);
        Assert.True(decoder.TryReadLine(out _));
        decoder.Append("abcde"u8);
        ContentException failure = Assert.Throws<ContentException>(() => decoder.TryReadLine(out _));
        Assert.Contains("longer than 4", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_line_in_small_chunks_is_read_in_linear_time()
    {
        LineDecoder decoder = new(new TextDecoder(Encoding.UTF8));
        byte[] chunk = Encoding.ASCII.GetBytes(new string('x', 16));
        int chunks = 1 << 18;
        for (int at = 0; at < chunks; at++)
        {
            decoder.Append(chunk);
            Assert.False(decoder.TryReadLine(out _));
        }

        decoder.Flush();
        Assert.True(decoder.TryReadLine(out string? line));
        Assert.Equal(chunks * chunk.Length, line.Length);
    }

    [Fact]
    public void Lines_are_the_same_however_the_chunks_cut_them()
    {
        Arbitrary<(string Text, int Step)> cases =
            (from pieces in Gen.Elements("\r", "\n", "\r\n", "a", "é", "日", "😀", "long text ").ListOf()
             from step in Gen.Choose(1, 5)
             select (string.Concat(pieces), step)).ToArbitrary();

        Prop.ForAll(cases, @case =>
        {
            byte[] body = Encoding.UTF8.GetBytes(@case.Text);
            List<string> expected = [];
            StringReader reader = new(@case.Text);
            while (reader.ReadLine() is { } line)
                expected.Add(line);
            return string.Join('|', expected) == string.Join('|', Lines(body, @case.Step)) && string.Join('|', expected) == string.Join('|', Lines(body, int.MaxValue));
        }).QuickCheckThrowOnFailure();
    }

    private static List<string> Lines(byte[] body, int step)
    {
        LineDecoder decoder = new(new TextDecoder("text/plain", defaultEncoding: null));
        List<string> lines = [];
        foreach (byte[] chunk in body.Chunk(step))
        {
            decoder.Append(chunk);
            while (decoder.TryReadLine(out string? line))
                lines.Add(line);
        }

        decoder.Flush();
        while (decoder.TryReadLine(out string? line))
            lines.Add(line);
        return lines;
    }
}
