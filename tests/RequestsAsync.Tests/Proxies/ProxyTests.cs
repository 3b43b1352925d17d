namespace RequestsAsync.Tests;

public sealed class ProxyTests
{
    [Theory]
    [InlineData("http://proxy.example:3128", "http://proxy.example:3128")]
    [InlineData("HTTP://Proxy.Example", "http://proxy.example")]
    [InlineData("http://[::1]:3128/", "http://[::1]:3128")]
    [InlineData("http://user:secret@proxy.example:3128", "http://proxy.example:3128")]
    public void A_url_names_a_proxy_and_no_secret_is_shown(string url, string shown)
    {
        Proxy proxy = url;

        Assert.Equal(shown, proxy.ToString());
        Assert.DoesNotContain("secret", proxy.Url.Href, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("socks5://proxy.example:1080")]
    [InlineData("https://user:secret@proxy.example")]
    [InlineData("proxy.example:3128")]
    [InlineData("http://proxy.example/path")]
    [InlineData("http://")]
    [InlineData("")]
    public void What_is_not_supported_is_told_with_what_is(string url)
    {
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => new Proxy(url));

        Assert.Contains("http://host", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_url_is_no_proxy() => Assert.Null((Proxy?)(string?)null);

    [Fact]
    public void Credentials_in_the_url_are_replaced_by_those_set()
    {
        Assert.NotNull(new Proxy("http://user:p@h").Auth);
        Assert.Null(new Proxy("http://user:p@h") { Auth = null }.Auth);
        Assert.Same(Auth.None, new Proxy("http://user:p@h") { Auth = Auth.None }.Auth);
    }

    [Fact]
    public void Credentials_that_would_go_to_the_origin_are_refused()
    {
        Assert.Throws<InvalidRequestException>(() => new Proxy("http://h") { Auth = Auth.Netrc() });
        Assert.Throws<InvalidRequestException>(() => new Proxy("http://h") { Auth = new OwnScheme() });
    }

    [Fact]
    public void A_session_over_a_handler_has_no_proxy_of_its_own() =>
        Assert.Throws<InvalidRequestException>(() => new Session(new MemoryHandler(_ => MemoryHandler.Ok()), new() { Proxy = "http://h" }));

    private sealed class OwnScheme : Auth
    {
        protected internal override ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken)
        {
            request.Headers["Authorization"] = "Own secret";
            return ValueTask.CompletedTask;
        }
    }
}
