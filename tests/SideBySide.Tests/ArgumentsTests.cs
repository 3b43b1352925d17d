namespace RequestsAsync.SideBySide.Tests;

public sealed class ArgumentsTests
{
    [Fact]
    public void Options_have_values_and_flags_have_none()
    {
        Arguments arguments = Arguments.Parse(["--quick", "--rounds", "7", "--only", "small, tls"], ["--quick"]);

        Assert.True(arguments.Has("--quick"));
        Assert.Equal(7, arguments.Number("--rounds"));
        Assert.Equal(["small", "tls"], arguments.List("--only")!);
        Assert.Null(arguments.Text("--out"));
    }

    [Theory]
    [InlineData("word")]
    [InlineData("--rounds")]
    public void What_is_no_option_or_lacks_its_value_is_refused(string word) =>
        Assert.Throws<FormatException>(() => Arguments.Parse([word], []));

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public void A_number_is_whole_and_not_negative(string text) =>
        Assert.Throws<FormatException>(() => Arguments.Parse(["--rounds", text], []).Number("--rounds"));

    [Fact]
    public void An_unknown_option_is_named()
    {
        FormatException refusal = Assert.Throws<FormatException>(() => Arguments.Parse(["--fast", "yes"], []).RefuseOthersThan("--quick"));

        Assert.Contains("--fast", refusal.Message, StringComparison.Ordinal);
    }
}
