namespace RequestsAsync.Tests;

public sealed class HeaderRulesTests
{
    [Theory]
    [InlineData("Accept")]
    [InlineData("X-Token_1")]
    [InlineData("!#$%&'*+-.^_`|~")]
    public void A_token_is_a_name(string name) => Assert.Null(HeaderRules.NameProblem(name));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a b", "a space at position 1")]
    [InlineData(" a", "a space at position 0")]
    [InlineData("a:", "':' at position 1")]
    [InlineData("a\r\nb", "a carriage return at position 1")]
    [InlineData("é", "U+00E9 at position 0")]
    public void A_name_that_is_no_token_is_refused_with_the_reason(string name, string reason) =>
        Assert.Contains(reason, HeaderRules.NameProblem(name), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("text/html; q=0.9")]
    [InlineData("a\tb")]
    [InlineData("Grüße 日本")]
    public void A_value_may_hold_text_and_tabs(string value) => Assert.Null(HeaderRules.ValueProblem(value));

    [Theory]
    [InlineData("a\r\nEvil: 1", "a carriage return at position 1")]
    [InlineData("a\nb", "a line feed at position 1")]
    [InlineData("a\0", "a NUL character at position 1")]
    [InlineData("\u001b[0m", "U+001B at position 0")]
    [InlineData("a\u007f", "U+007F at position 1")]
    [InlineData(" a", "begins with white space")]
    [InlineData("a\t", "ends with white space")]
    public void A_value_that_could_split_a_message_is_refused_with_the_reason(string value, string reason) =>
        Assert.Contains(reason, HeaderRules.ValueProblem(value), StringComparison.Ordinal);

    [Fact]
    public void The_reason_never_repeats_the_value() =>
        Assert.DoesNotContain("s3cret", HeaderRules.ValueProblem("s3cret\r\n"), StringComparison.Ordinal);
}
