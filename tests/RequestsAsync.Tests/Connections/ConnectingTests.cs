using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

/// <summary>How a session finds its hosts, and where it does not go.</summary>
public class ConnectingTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task A_host_can_be_given_an_address(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Start(Ok);
        await using Session session = new(new() { Connection = new() { Hosts = new Dictionary<string, IReadOnlyList<string>> { ["api.example.com"] = ["127.0.0.1"] } } });

        Response response = await session.SendAsync(awaited, "GET", $"http://api.example.com:{server.Port}/");

        Assert.Equal("ok", response.Text);
        Assert.Contains($"Host: api.example.com:{server.Port}", server.Heads[0]);
    }

    [Fact]
    public async Task A_resolver_of_ones_own_is_asked_and_its_failure_has_a_type()
    {
        await using Session session = new(new() { Connection = new() { Resolver = new Failing() } });

        NameResolutionException e = await Assert.ThrowsAsync<NameResolutionException>(() => session.GetAsync("http://somewhere.test/", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("GET http://somewhere.test/ failed on attempt 1", e.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://localhost/")]
    [InlineData("https://10.0.0.1/")]
    public async Task Private_addresses_are_refused_where_only_public_ones_are_allowed(string url)
    {
        await using Session session = new(new() { AddressPolicy = AddressPolicy.PublicOnly });

        BlockedAddressException e = await Assert.ThrowsAsync<BlockedAddressException>(() => session.GetAsync(url, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("the address policy refuses", e.Message);
    }

    [Fact]
    public async Task Every_hop_is_judged()
    {
        await using FaultyServer inner = FaultyServer.Start(Ok);
        await using FaultyServer server = FaultyServer.Start($"HTTP/1.1 302 Found\r\nLocation: http://inner.test:{inner.Port}/\r\nContent-Length: 0\r\n\r\n");
        await using Session session = new(new()
        {
            AddressPolicy = AddressPolicy.Custom(address => address.Equals(IPAddress.Loopback)),
            Connection = new() { Hosts = new Dictionary<string, IReadOnlyList<string>> { ["inner.test"] = ["127.0.0.2"] } },
        });

        await Assert.ThrowsAsync<BlockedAddressException>(() => session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Empty(inner.Heads);
    }

    [Fact]
    public async Task A_unix_socket_carries_requests()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        await using FaultyServer server = FaultyServer.Start(Ok, new() { UnixSocket = path });
        await using Session session = new(new() { Connection = new() { UnixSocket = path } });

        Response response = await session.GetAsync("http://docker/version", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("ok", response.Text);
        Assert.IsType<UnixDomainSocketEndPoint>(response.RemoteEndPoint);
        Assert.Equal("/version", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task A_first_address_that_is_a_black_hole_costs_a_quarter_of_a_second()
    {
        await using FaultyServer hole = await BlackHole.OpenAsync("127.0.0.3");
        await using FaultyServer server = FaultyServer.Serve(
            async c =>
            {
                await c.ReadHeadAsync();
                await c.WriteAsync(Ok);
            },
            new() { Port = hole.Port });
        await using Session session = new(new() { Connection = new() { Hosts = new Dictionary<string, IReadOnlyList<string>> { ["two.test"] = ["127.0.0.3", "127.0.0.1"] } } });

        Response response = await session.GetAsync($"http://two.test:{server.Port}/", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("ok", response.Text);
        Assert.InRange(response.Timings.Connect.TotalMilliseconds, 200, 900); // on a machine that does nothing else, 250 and a little
    }

    [Fact]
    public void What_only_own_connections_can_do_is_refused_over_a_handler()
    {
        MemoryHandler handler = new(_ => MemoryHandler.Ok());

        Assert.Throws<InvalidRequestException>(() => new Session(handler, new() { AddressPolicy = AddressPolicy.PublicOnly }));
        Assert.Throws<InvalidRequestException>(() => new Session(handler, new() { Tls = new() { Verify = false } }));
        Assert.Throws<InvalidRequestException>(() => new Session(handler, new() { Connection = new() { UnixSocket = "/x" } }));
    }

    [Fact]
    public void Http_3_says_what_it_needs()
    {
        if (System.Net.Quic.QuicConnection.IsSupported) return;

        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => new Session(new() { HttpVersion = HttpVersion.Version30 }));

        Assert.Contains("libmsquic", e.Message);
    }

    private sealed class Failing : Resolver
    {
        public override ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) => throw new SocketException((int)SocketError.HostNotFound);
    }
}
