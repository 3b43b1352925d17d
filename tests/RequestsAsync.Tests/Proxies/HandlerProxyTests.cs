namespace RequestsAsync.Tests;

/// <summary>A proxy where a handler connects, which knows nothing of it.</summary>
public sealed class HandlerProxyTests
{
    [Fact]
    public async Task A_requests_proxy_is_refused_and_not_passed_by()
    {
        await using FaultyServer origin = FaultyServer.Start(ProxyServer.Ok);
        await using Session session = new(new SocketsHttpHandler { UseProxy = false });

        InvalidRequestException e = await Assert.ThrowsAsync<InvalidRequestException>(() => session.GetAsync(origin.Url, new() { Proxy = "http://proxy.invalid" }));

        Assert.Contains("http://proxy.invalid must be set there", e.Message);
        Assert.Empty(origin.Heads);
    }

    [Fact]
    public async Task No_proxy_is_what_it_has()
    {
        await using FaultyServer origin = FaultyServer.Start(ProxyServer.Ok);
        await using Session session = new(new SocketsHttpHandler { UseProxy = false });

        Assert.Equal("ok", (await session.GetAsync(origin.Url, new() { Proxy = Proxy.None })).Text);
    }
}
