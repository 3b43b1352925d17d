namespace RequestsAsync.Testing.Tests;

public class CookieTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "abc")]
    [InlineData("a/b:c", "a/b:c")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("a,b;c", "\"a\\054b\\073c\"")]
    [InlineData("\"\\", "\"\\\"\\\\\"")]
    [InlineData("é\n", "\"\\303\\251\\012\"")]
    public void Quoting_round_trips(string value, string quoted)
    {
        Assert.Equal(quoted, CookieText.Quote(value));
        Assert.Equal(value, CookieText.Unquote(quoted));
    }

    [Theory]
    [InlineData("\"", "\"")]
    [InlineData("\"\"", "")]
    [InlineData("\"a\\\"", "a\\")]
    [InlineData("\"\\9\\07\\777\"", "907777")]
    [InlineData("a\\054", "a\\054")]
    [InlineData("\u00c3\u00a9", "é")]
    [InlineData("\u00e9", "é")]
    [InlineData("\u20ac", "\u20ac")]
    public void Unquoting_takes_anything(string text, string value) => Assert.Equal(value, CookieText.Unquote(text));
}
