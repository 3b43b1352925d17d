namespace RequestsAsync.Tests;

/// <summary>Which way a request goes, and that ways are kept apart.</summary>
[Collection(Alone.Name)] // one of them sets a variable of the process
public sealed class WayTests
{
    private const string Target = "http://origin.invalid/";

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task A_request_may_name_its_proxy_or_none(bool awaited)
    {
        await using FaultyServer first = Named("first");
        await using FaultyServer second = Named("second");
        await using FaultyServer origin = Named("origin");
        await using Session session = new(new() { Proxy = first.Url });

        Assert.Equal("first", (await session.SendAsync(awaited, "GET", Target)).Text);
        Assert.Equal("second", (await session.SendAsync(awaited, "GET", Target, new() { Proxy = second.Url })).Text);
        Assert.Equal("origin", (await session.SendAsync(awaited, "GET", origin.Url, new() { Proxy = Proxy.None })).Text);
        Assert.Equal("first", (await session.SendAsync(awaited, "GET", origin.Url)).Text);
        Assert.Equal("second", (await session.SendAsync(awaited, "GET", Target, new() { Proxy = second.Url })).Text);
        Assert.Equal((1, 1, 1), (first.ConnectionCount, second.ConnectionCount, origin.ConnectionCount)); // equal proxies share their connections
    }

    [Fact]
    public async Task Who_has_other_credentials_has_other_connections()
    {
        await using FaultyServer proxy = ProxyServer.Start(head => head.StartsWith("CONNECT", StringComparison.Ordinal) ? ProxyServer.TunnelOpen : ProxyServer.Ok);
        await using Session session = new();
        string[] users = ["ana", "bob", "ana"];

        foreach (string user in users)
            await session.GetAsync("ws://origin.invalid/", new() { Proxy = proxy.Url.Replace("://", $"://{user}:secret@", StringComparison.Ordinal) }, TestContext.Current.CancellationToken);

        Assert.Equal(2, proxy.ConnectionCount);
        Assert.Equal(2, proxy.Heads.Count(head => head.StartsWith("CONNECT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Mounts_lead_elsewhere_hop_by_hop()
    {
        await using FaultyServer proxy = ProxyServer.Start(_ => "HTTP/1.1 302 Found\r\nLocation: http://app.test/done\r\nContent-Length: 0\r\n\r\n");
        await using Session session = new(new()
        {
            Mounts =
            {
                ["all://*.invalid"] = proxy.Url,
                ["http://app.test"] = new MemoryHandler(request => MemoryHandler.Ok(System.Text.Encoding.UTF8.GetBytes(request.RequestUri!.AbsolutePath))),
            },
        });

        Response response = await session.GetAsync("http://some.invalid/", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("/done", response.Text);
        Assert.Single(response.History);
    }

    [Fact]
    public async Task The_environment_is_heard_unless_told_otherwise()
    {
        await using FaultyServer proxy = Named("proxy");
        await using FaultyServer origin = Named("origin");
        string? before = Environment.GetEnvironmentVariable("http_proxy");
        Environment.SetEnvironmentVariable("http_proxy", proxy.Url);
        Environment.SetEnvironmentVariable("no_proxy", "127.0.0.0/8");
        try
        {
            await using Session trusting = new();
            await using Session deaf = new(new() { TrustEnvironment = false });
            await using Session free = new(new() { Proxy = Proxy.None });

            Assert.Equal("proxy", (await trusting.GetAsync(Target, cancellationToken: TestContext.Current.CancellationToken)).Text);
            Assert.Equal("origin", (await trusting.GetAsync(origin.Url, new() { Headers = { ["Proxy-Authorization"] = "Basic secret" } }, TestContext.Current.CancellationToken)).Text);
            await Assert.ThrowsAsync<NameResolutionException>(() => deaf.GetAsync(Target, cancellationToken: TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<NameResolutionException>(() => free.GetAsync(Target, cancellationToken: TestContext.Current.CancellationToken));
        }
        finally
        {
            Environment.SetEnvironmentVariable("http_proxy", before);
            Environment.SetEnvironmentVariable("no_proxy", null);
        }

        Assert.DoesNotContain("Proxy-Authorization", origin.Heads[0]);
    }

    [Fact]
    public async Task What_a_proxy_resolves_is_judged_from_here_where_a_policy_is_set()
    {
        await using FaultyServer proxy = Named("proxy");
        await using Session session = new(new()
        {
            Proxy = proxy.Url,
            AddressPolicy = AddressPolicy.PublicOnly,
            Connection = new() { Hosts = new Dictionary<string, IReadOnlyList<string>> { ["inner.test"] = ["10.0.0.1"], ["outer.test"] = ["8.8.8.8"] } },
        });

        Assert.Equal("proxy", (await session.GetAsync("http://outer.test/", cancellationToken: TestContext.Current.CancellationToken)).Text);
        await Assert.ThrowsAsync<BlockedAddressException>(() => session.GetAsync("http://inner.test/", cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<BlockedAddressException>(() => session.GetAsync("http://169.254.169.254/", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Single(proxy.Heads);
    }

    private static FaultyServer Named(string name) => ProxyServer.Start(_ => $"HTTP/1.1 200 OK\r\nContent-Length: {name.Length}\r\n\r\n{name}");
}
