namespace RequestsAsync.Interop;

/// <summary>Requests through tinyproxy, which asks for Basic: forwarded ones, and tunnels.</summary>
public sealed class TinyproxyTests(TinyproxyServer proxy, NginxServer origin) : IClassFixture<TinyproxyServer>, IClassFixture<NginxServer>
{
    private const string UserInfo = $"{TinyproxyServer.UserName}:{TinyproxyServer.Password}@";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_is_forwarded(bool awaited)
    {
        await using Session session = new(new() { Proxy = proxy.Proxy("http", UserInfo) });

        Response response = await session.FetchAsync(origin.Url("/plain.txt?a=b&c"), awaited);

        Assert.Equal(NginxServer.Plain, response.Text);
        Assert.Contains("tinyproxy", response.Headers["Via"], StringComparison.Ordinal);
    }

    // Through the tunnel of a ws URL go plain requests, which need no certificate.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tunnel_is_opened(bool awaited)
    {
        await using Session session = new(new() { Proxy = proxy.Proxy("http", UserInfo) });

        Response response = await session.FetchAsync(origin.Url("/plain.txt").Replace("http://", "ws://", StringComparison.Ordinal), awaited);

        Assert.Equal(NginxServer.Plain, response.Text);
        Assert.Null(response.Headers["Via"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tiny-user:wrong@")]
    public async Task Without_the_password_nothing_is_done(string userInfo)
    {
        await using Session session = new(new() { Proxy = proxy.Proxy("http", userInfo) });

        Response response = await session.FetchAsync(origin.Url("/plain.txt"));
        string tunneled = origin.Url("/").Replace("http://", "https://", StringComparison.Ordinal);
        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.FetchAsync(tunneled));

        Assert.NotEqual(200, response.StatusCode);
        Assert.Contains($"it answered {response.StatusCode}", e.Message, StringComparison.Ordinal);
    }
}
