namespace RequestsAsync.Tests;

/// <summary>The address policy where a proxy is handed requests whole, and one connection serves many hosts.</summary>
public sealed class ForwardingPolicyTests
{
    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_kept_connection_to_the_proxy_leads_to_no_forbidden_host(bool awaited)
    {
        await using FaultyServer proxy = ProxyServer.Start(_ => ProxyServer.Ok);
        await using Session session = new(new()
        {
            Proxy = proxy.Url,
            AddressPolicy = AddressPolicy.PublicOnly,
            Connection = new() { Hosts = { ["public.test"] = ["93.184.216.34"] } },
        });

        await session.SendAsync(awaited, "GET", "http://public.test/");
        BlockedAddressException e = await Assert.ThrowsAsync<BlockedAddressException>(() => session.SendAsync(awaited, "GET", "http://169.254.169.254/secret"));

        Assert.Contains("GET http://169.254.169.254/secret", e.Message);
        Assert.Single(proxy.Heads);
    }

    [Fact]
    public async Task Nor_does_a_redirect()
    {
        await using FaultyServer proxy = ProxyServer.Start(_ => "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n");
        await using Session session = new(new()
        {
            Proxy = proxy.Url,
            AddressPolicy = AddressPolicy.PublicOnly,
            Connection = new() { Hosts = { ["public.test"] = ["93.184.216.34"] } },
        });

        await Assert.ThrowsAsync<BlockedAddressException>(() => session.GetAsync("http://public.test/"));

        Assert.Single(proxy.Heads);
    }
}
