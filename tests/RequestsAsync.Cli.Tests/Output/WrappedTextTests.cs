namespace RequestsAsync.Cli.Tests;

public sealed class WrappedTextTests
{
    [Theory]
    [InlineData("short\nlines", 10, "short\nlines")]
    [InlineData("one two three", 8, "one two\n  three")]
    [InlineData("  -a  first second", 12, "  -a  first\n    second")]
    [InlineData("exactly", 7, "exactly")]
    [InlineData("abcdefgh", 5, "abcde\n  fgh")]
    [InlineData("    abcdefgh ij", 6, "    ab\n   cde\n   fgh\n   ij")]
    [InlineData("a b", 1, "a\nb")]
    public void Lines_are_broken_between_words(string text, int width, string expected) => Assert.Equal(expected, WrappedText.Fit(text, width));

    [Fact]
    public void No_line_is_longer_and_no_word_is_lost()
    {
        for (int width = 1; width < 120; width++)
        {
            string fitted = WrappedText.Fit(HelpTexts.Screen, width);

            Assert.All(fitted.Split('\n'), line => Assert.InRange(line.Length, 0, width));
            Assert.Equal(string.Concat(HelpTexts.Screen.Where(static c => c is not (' ' or '\n'))), string.Concat(fitted.Where(static c => c is not (' ' or '\n'))));
        }
    }
}
