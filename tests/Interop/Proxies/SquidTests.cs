namespace RequestsAsync.Interop;

/// <summary>Requests through squid, which asks for Digest (MD5) or Basic: forwarded ones, and tunnels.</summary>
public sealed class SquidTests(SquidServer proxy, NginxServer origin) : IClassFixture<SquidServer>, IClassFixture<NginxServer>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_digest_answer_is_accepted_and_a_second_request_answered_unasked(bool awaited)
    {
        SessionOptions options = Options(Auth.Digest(SquidServer.UserName, SquidServer.Password));
        Sendings sendings = Sendings.Watch(options, "Proxy-Authorization");
        await using Session session = new(options);

        Response first = await session.FetchAsync(origin.Url("/plain.txt?a=b&c"), awaited);
        Response second = await session.FetchAsync(origin.Url("/page.html"), awaited);

        Assert.Equal(NginxServer.Plain, first.Text);
        Assert.Equal(200, second.StatusCode);
        Assert.NotNull(first.Headers["Via"]);
        Assert.Equal(3, sendings.Count);
        Assert.Contains("nc=00000002", sendings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Basic_in_the_proxys_url_is_accepted_at_once()
    {
        SessionOptions options = new() { Proxy = proxy.Proxy("http", $"{SquidServer.UserName}:{Uri.EscapeDataString(SquidServer.Password)}@") };
        Sendings sendings = Sendings.Watch(options, "Proxy-Authorization");
        await using Session session = new(options);

        Response response = await session.FetchAsync(origin.Url("/plain.txt"));

        Assert.Equal(NginxServer.Plain, response.Text);
        Assert.StartsWith("Basic ", Assert.Single(sendings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_is_sent_again_with_the_answer()
    {
        await using Session session = new(Options(Auth.Digest(SquidServer.UserName, SquidServer.Password)));

        Response response = await session.PostAsync(origin.Url("/echo"), new() { Content = "twelve bytes" }, TestContext.Current.CancellationToken);

        Assert.Equal("POST 12", response.Text);
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again()
    {
        SessionOptions options = Options(Auth.Digest(SquidServer.UserName, "wrong"));
        Sendings sendings = Sendings.Watch(options, "Proxy-Authorization");
        await using Session session = new(options);

        Response response = await session.FetchAsync(origin.Url("/plain.txt"));

        Assert.Equal(407, response.StatusCode);
        Assert.Equal(2, sendings.Count);
    }

    // Through the tunnel of a ws URL go plain requests, which need no certificate.
    [Theory]
    [InlineData("digest", true)]
    [InlineData("digest", false)]
    [InlineData("basic", true)]
    public async Task A_tunnel_is_opened(string scheme, bool awaited)
    {
        Auth auth = scheme == "basic" ? (SquidServer.UserName, SquidServer.Password) : Auth.Digest(SquidServer.UserName, SquidServer.Password);
        await using Session session = new(Options(auth));

        Response response = await session.FetchAsync(Tunneled("/plain.txt"), awaited);

        Assert.Equal(NginxServer.Plain, response.Text);
        Assert.Null(response.Headers["Via"]);
    }

    [Fact]
    public async Task A_tunnel_is_refused_to_a_wrong_password_and_to_none()
    {
        await using Session wrong = new(Options(Auth.Digest(SquidServer.UserName, "wrong")));
        await using Session none = new(Options(auth: null));

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => wrong.FetchAsync(Tunneled("/plain.txt")));
        Assert.Contains("407", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ProxyException>(() => none.FetchAsync(Tunneled("/plain.txt")));
    }

    [Fact]
    public async Task A_tunnel_that_the_proxy_forbids_is_told_with_its_status()
    {
        await using Session session = new(Options((SquidServer.UserName, SquidServer.Password)));

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.FetchAsync($"https://127.0.0.1:{SquidServer.ForbiddenPort}/"));

        Assert.Contains("it answered 403", e.Message, StringComparison.Ordinal);
    }

    private SessionOptions Options(Auth? auth) => new() { Proxy = new Proxy(proxy.Url("")) { Auth = auth } };

    private string Tunneled(string path) => origin.Url(path).Replace("http://", "ws://", StringComparison.Ordinal);
}
