using RequestsAsync.Testing;

namespace RequestsAsync.Interop;

/// <summary>Requests through SOCKS proxies: dante, which knows both versions, and microsocks, which asks for user name and password.</summary>
public sealed class SocksProxyTests(DanteServer dante, MicrosocksServer microsocks, NginxServer origin)
    : IClassFixture<DanteServer>, IClassFixture<MicrosocksServer>, IClassFixture<NginxServer>
{
    [Theory]
    [InlineData("socks4", "127.0.0.1", true)]
    [InlineData("socks4", "localhost", false)]
    [InlineData("socks4a", "127.0.0.1", true)] // names after the manner of 4a are unknown to it
    [InlineData("socks5", "127.0.0.1", true)]
    [InlineData("socks5", "localhost", false)]
    [InlineData("socks5h", "localhost", true)]
    [InlineData("socks5h", "127.0.0.1", false)]
    public async Task Dante_connects(string scheme, string host, bool awaited)
    {
        await using Session session = new(new() { Proxy = dante.Proxy(scheme) });

        Response first = await session.FetchAsync(origin.Url("/plain.txt").Replace("127.0.0.1", host, StringComparison.Ordinal), awaited);
        Response second = await session.FetchAsync(origin.Url("/big.bin").Replace("127.0.0.1", host, StringComparison.Ordinal), awaited);

        Assert.Equal(NginxServer.Plain, first.Text);
        Assert.True(second.Content.Span.SequenceEqual(NginxServer.Big));
        Assert.Equal(first.Headers["X-Connection"], second.Headers["X-Connection"]);
    }

    [Fact]
    public async Task Content_goes_through()
    {
        await using Session session = new(new() { Proxy = dante.Proxy("socks5h") });

        Response response = await session.PostAsync(origin.Url("/echo"), new() { Content = "twelve bytes" }, TestContext.Current.CancellationToken);

        Assert.Equal("POST 12", response.Text);
    }

    [Theory]
    [InlineData("socks4", "refused: request rejected or failed")]
    [InlineData("socks5", "refused: its rules do not allow the connection")]
    public async Task What_the_rules_of_dante_forbid_is_told(string scheme, string told)
    {
        await using Session session = new(new() { Proxy = dante.Proxy(scheme) });

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.FetchAsync($"http://127.0.0.1:{DanteServer.ForbiddenPort}/"));

        Assert.Contains(told, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("socks4", "refused: request rejected or failed")]
    [InlineData("socks5h", "refused: connection refused")]
    public async Task An_origin_that_is_down_is_told(string scheme, string told)
    {
        await using FaultyServer down = FaultyServer.StartRefusing();
        await using Session session = new(new() { Proxy = dante.Proxy(scheme) });

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.FetchAsync(down.Url));

        Assert.Contains(told, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("socks5", true)]
    [InlineData("socks5h", false)]
    public async Task Microsocks_accepts_user_name_and_password(string scheme, bool awaited)
    {
        string userInfo = $"{MicrosocksServer.UserName}:{Uri.EscapeDataString(MicrosocksServer.Password)}@";
        await using Session session = new(new() { Proxy = microsocks.Proxy(scheme, userInfo) });

        Response response = await session.FetchAsync(origin.Url("/plain.txt").Replace("127.0.0.1", "localhost", StringComparison.Ordinal), awaited);

        Assert.Equal(NginxServer.Plain, response.Text);
    }

    [Fact]
    public async Task Microsocks_refuses_a_wrong_password_and_none()
    {
        await using Session wrong = new(new() { Proxy = new Proxy(microsocks.Proxy("socks5")) { Auth = (MicrosocksServer.UserName, "wrong") } });
        await using Session none = new(new() { Proxy = microsocks.Proxy("socks5") });

        ProxyException refused = await Assert.ThrowsAsync<ProxyException>(() => wrong.FetchAsync(origin.Url("/plain.txt")));
        Assert.Contains("does not accept the user name and password", refused.Message, StringComparison.Ordinal);
        ProxyException asked = await Assert.ThrowsAsync<ProxyException>(() => none.FetchAsync(origin.Url("/plain.txt")));
        Assert.Contains("asks for credentials", asked.Message, StringComparison.Ordinal);
    }
}
