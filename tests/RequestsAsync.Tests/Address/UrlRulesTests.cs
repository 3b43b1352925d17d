namespace RequestsAsync.Tests;

public sealed class UrlRulesTests
{
    [Theory]
    [InlineData("http://example.com/\n", "U+000A at position 19")]
    [InlineData("http://exa\tmple.com/", "U+0009 at position 10")]
    [InlineData("\0http://example.com/", "U+0000 at position 0")]
    [InlineData("/a\u007f", "U+007F at position 2")]
    [InlineData("http:///path", "No host")]
    [InlineData("https:path", "No host")]
    [InlineData("  WSS:/path", "No host. A URL reads wss://host/path.")]
    [InlineData("http://", "No host")]
    [InlineData("http://?a", "No host")]
    public void Mistyped_text_is_refused(string raw, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidRequestException>(() => UrlRules.CheckForRequest(raw)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://example.com/ a")]
    [InlineData("  http://example.com")]
    [InlineData("me")]
    [InlineData("/me")]
    [InlineData("//host/me")]
    [InlineData("http\\://")]
    [InlineData("")]
    public void Other_text_is_left_to_the_parser(string raw) => UrlRules.CheckForRequest(raw);

    [Theory]
    [InlineData("http://*.example.com/", "begins with '*'")]
    [InlineData("http://.example.com/", "begins with '.'")]
    [InlineData("http://user:secret@*/", "begins with '*'")]
    [InlineData("http://a..example.com/", "looked up")]
    public void Host_that_cannot_be_asked_for_is_refused(string text, string reason)
    {
        InvalidRequestException refused = Assert.Throws<InvalidRequestException>(() => UrlRules.CheckForRequest(Url.Parse(text)));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("http://a_b.example/")]
    [InlineData("http://-a/")]
    [InlineData("http://example.com./")]
    [InlineData("http://[::1]/")]
    [InlineData("http://xn--0.example/")]
    public void Usual_hosts_pass(string text) => UrlRules.CheckForRequest(Url.Parse(text));
}
