namespace RequestsAsync.Cli.Tests;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain äöü 漢字 👩‍🚀", "plain äöü 漢字 👩‍🚀")]
    [InlineData("a\tb\nc\r\nd", "a\tb\nc\nd")]
    [InlineData("a\rb", @"a\x0db")]
    [InlineData("\e]0;title\a", @"\x1b]0;title\x07")]
    [InlineData("\u009b31m\u007f\b", @"\x9b31m\x7f\x08")]
    [InlineData("a\u202eb\u2028c\u2066", @"a\u202eb\u2028c\u2066")]
    public void Shows_control_characters(string text, string shown) => Assert.Equal(shown, TerminalText.Lines(text));

    [Fact]
    public void A_line_stays_one() => Assert.Equal(@"a\x09b\x0d\x0ac", TerminalText.Line("a\tb\r\nc"));

    [Theory]
    [InlineData("", false)]
    [InlineData("text", false)]
    [InlineData("one bad \ufffd character among many", false)]
    [InlineData("a\0b", true)]
    [InlineData("\ufffd\ufffdPNG", true)]
    public void Tells_text_from_binary_data(string text, bool isBinary) => Assert.Equal(isBinary, TerminalText.IsBinary(text));

    [Fact]
    public async Task Status_line_and_headers_are_made_harmless_for_a_terminal_alone()
    {
        byte[] answer = "HTTP/1.1 200 O\u009bK\r\nX-Evil: a\u009b31mb\u202ec\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
        await using FaultyServer first = FaultyServer.Start(answer);
        await using FaultyServer second = FaultyServer.Start(answer);

        Ran seen = await Ran.OnTerminalAsync(first.Url);
        Ran piped = await Ran.InProcessAsync("-h", second.Url);

        Assert.Contains(@"X-Evil: a\x9b31mb\u202ec", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u009b', seen.Text);
        Assert.Contains("X-Evil: a\u009b31mb\u202ec", piped.Text, StringComparison.Ordinal);
    }
}
