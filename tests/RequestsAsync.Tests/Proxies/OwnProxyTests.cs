namespace RequestsAsync.Tests;

/// <summary>A proxy that only the request names.</summary>
public sealed class OwnProxyTests
{
    [Fact]
    public async Task Credentials_for_a_proxy_that_were_set_by_hand_do_not_go_through_it()
    {
        await using SocksServer proxy = new();
        await using Session session = new(new() { TrustEnvironment = false });

        await session.GetAsync("http://origin.invalid/", new() { Proxy = proxy.Url("socks5h"), Headers = { ["Proxy-Authorization"] = "Basic c2VjcmV0" } });

        Assert.Null(ProxyServer.Field(Assert.Single(proxy.Heads), "Proxy-Authorization"));
    }
}
