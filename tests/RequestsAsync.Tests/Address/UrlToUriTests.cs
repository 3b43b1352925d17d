namespace RequestsAsync.Tests;

public sealed class UrlToUriTests
{
    [Theory]
    [InlineData("http://example.com", "http://example.com/")]
    [InlineData("https://user:pw@example.com:8443/%7Ea/%2F..%2f/b%zz|'?x=%41&y=%2e%2e/..#f", "https://example.com:8443/%7Ea/%2F..%2f/b%zz|'?x=%41&y=%2e%2e/..")]
    [InlineData("http://ü.example/ü", "http://xn--tda.example/%C3%BC")]
    [InlineData("wss://[::1]:8/a?", "wss://[::1]:8/a")]
    public void Uri_is_not_rewritten(string text, string expected)
    {
        Url url = Url.Parse(text);
        Uri uri = url.ToUri();

        Assert.Equal(expected, uri.AbsoluteUri);
        Assert.Equal(url.PathAndQuery, uri.PathAndQuery);
        Assert.Equal(url.Host, uri.Host);
        Assert.Equal(url.Port, uri.Port);
        Assert.Empty(uri.UserInfo);
        Assert.Empty(uri.Fragment);
        Assert.Same(uri, url.ToUri());
    }

    [Theory]
    [InlineData("http://a..b/")]
    [InlineData("http://a!b/")]
    public void Host_that_no_name_server_knows_is_refused(string text) =>
        Assert.Contains("looked up", Assert.Throws<InvalidRequestException>(() => Url.Parse(text).ToUri()).Message, StringComparison.Ordinal);
}
