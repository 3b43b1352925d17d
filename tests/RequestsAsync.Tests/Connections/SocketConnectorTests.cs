using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

public sealed class SocketConnectorTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConnectTimes _times = new(TimeProvider.System);

    public SocketConnectorTests() => _listener.Start();

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("localhost")]
    public async Task Names_and_addresses_are_connected_to(string host)
    {
        using Socket socket = await ConnectAsync(new(), host, Port);

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, Port), socket.RemoteEndPoint);
        Assert.True(socket.NoDelay);
        Assert.True(_times.IsConnected);
        Assert.NotNull(_times.Resolving);
        Assert.NotNull(_times.Connecting);
    }

    [Theory]
    [InlineData("[::1]")]
    [InlineData("::1")]
    [InlineData("::1%1")]
    public async Task IPv6_may_have_brackets_and_a_scope(string host)
    {
        using TcpListener listener = new(IPAddress.IPv6Loopback, 0);
        listener.Start();

        using Socket socket = await ConnectAsync(new(), host, ((IPEndPoint)listener.LocalEndpoint).Port);

        Assert.True(socket.Connected);
    }

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    public async Task A_black_hole_before_a_living_address_costs_a_quarter_of_a_second(string dead)
    {
        (FaultyServer hole, TcpListener listener) = await OpenBesideAsync(dead);
        await using IAsyncDisposable dying = hole;
        using IDisposable living = listener;
        var watch = Stopwatch.StartNew();

        using Socket socket = await ConnectAsync(new() { Hosts = { ["h.example"] = [dead, "127.0.0.1"] } }, "h.example", hole.Port);

        // Exactly 250 ms of fake time, see HappyEyeballsTests; here a loaded machine has its say too.
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(240), TimeSpan.FromSeconds(1));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, hole.Port), socket.RemoteEndPoint);
    }

    [Fact]
    public async Task Localhost_where_only_IPv4_listens_does_not_wait()
    {
        // With a delay that no test would survive.
        ConnectionOptions options = new() { Resolver = new StubResolver("::1", "127.0.0.1"), AttemptDelay = TimeSpan.FromHours(1) };

        using Socket socket = await ConnectAsync(options, "localhost", Port);

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, Port), socket.RemoteEndPoint);
    }

    [Fact]
    public async Task All_addresses_that_were_tried_are_named()
    {
        int port = Port;
        _listener.Stop();

        ConnectException e = await Assert.ThrowsAsync<ConnectException>(() => ConnectAsync(new() { Resolver = new StubResolver("127.0.0.1", "127.0.0.2") }, "h", port));
        ConnectException single = await Assert.ThrowsAsync<ConnectException>(() => ConnectAsync(new(), "127.0.0.1", port));

        Assert.Equal("127.0.0.1, 127.0.0.2: connection refused. Nothing listens on that port.", e.Message);
        Assert.Equal("connection refused. Nothing listens on that port.", single.Message);
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(single.InnerException).SocketErrorCode);
        Assert.False(_times.IsConnected);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_told()
    {
        NameResolutionException e = await Assert.ThrowsAsync<NameResolutionException>(() => ConnectAsync(new(), "no-such-host.invalid", 80));

        Assert.StartsWith("the host 'no-such-host.invalid' cannot be resolved: ", e.Message, StringComparison.Ordinal);
        Assert.IsType<SocketException>(e.InnerException);
    }

    [Fact]
    public async Task A_change_of_DNS_is_noticed_while_running()
    {
        ManualTime time = new();
        string address = "127.0.0.2";
        StubResolver resolver = new((_, _) => new([IPAddress.Parse(address)]));
        using SocketConnector connector = new(new() { Resolver = resolver }, policy: null, time);
        using TcpListener everywhere = new(IPAddress.Any, 0);
        everywhere.Start();

        Assert.Equal("127.0.0.2", await RemoteAsync());
        address = "127.0.0.3";
        Assert.Equal("127.0.0.2", await RemoteAsync());
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("127.0.0.3", await RemoteAsync());

        async Task<string> RemoteAsync()
        {
            int port = ((IPEndPoint)everywhere.LocalEndpoint).Port;
            await using Stream connection = await connector.ConnectAsync("h", port, checksPolicy: true, new(time), loop: null, CancellationToken.None);
            return ((IPEndPoint)((NetworkStream)connection).Socket.RemoteEndPoint!).Address.ToString();
        }
    }

    [Fact]
    public async Task Slow_DNS_ends_with_the_callers_token_and_is_seen_in_the_times()
    {
        using CancellationTokenSource cancellation = new();
        TaskCompletionSource asked = new();
        StubResolver slow = new(async (_, cancellationToken) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return [];
        });

        Task<Socket> connecting = ConnectAsync(new() { Resolver = slow }, "h", Port, policy: null, cancellation.Token);
        await asked.Task;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.StartsWith("resolving the name was not done after", _times.ToString(), StringComparison.Ordinal);
        Assert.Null(_times.Connecting);
    }

    [Fact]
    public async Task Refused_addresses_are_passed_over()
    {
        StubResolver resolver = new("127.0.0.2", "127.0.0.1");
        var policy = AddressPolicy.Custom(address => !address.Equals(IPAddress.Parse("127.0.0.2")));
        using TcpListener everywhere = new(IPAddress.Any, 0);
        everywhere.Start();

        using Socket socket = await ConnectAsync(new() { Resolver = resolver }, "h", ((IPEndPoint)everywhere.LocalEndpoint).Port, policy);

        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket.RemoteEndPoint!).Address);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("named.example")]
    [InlineData("overridden.example")]
    public async Task An_address_that_the_policy_refuses_is_not_connected_to(string host)
    {
        ConnectionOptions options = new() { Resolver = new StubResolver("127.0.0.1", "::1"), Hosts = { ["overridden.example"] = ["127.0.0.1"] } };
        using SocketConnector connector = new(options, AddressPolicy.PublicOnly, TimeProvider.System);

        BlockedAddressException e = await Assert.ThrowsAsync<BlockedAddressException>(() => ConnectAsync(options, host, Port, AddressPolicy.PublicOnly));
        await Assert.ThrowsAsync<BlockedAddressException>(() => connector.ResolveAsync(host, Port, CancellationToken.None).AsTask());

        Assert.StartsWith($"the address policy refuses the host '{host.Trim('[', ']')}': ", e.Message, StringComparison.Ordinal);
        Assert.Contains("(loopback, RFC ", e.Message, StringComparison.Ordinal);
        Assert.False(_listener.Pending());
    }

    [Fact]
    public async Task What_the_program_has_named_itself_is_not_asked_of_the_policy()
    {
        using SocketConnector connector = new(new(), AddressPolicy.PublicOnly, TimeProvider.System);

        await using Stream connection = await connector.ConnectAsync("127.0.0.1", Port, checksPolicy: false, _times, loop: null, CancellationToken.None);

        Assert.True(((NetworkStream)connection).Socket.Connected);
    }

    [Fact]
    public async Task Addresses_come_in_the_order_in_which_to_try_them()
    {
        using SocketConnector both = new(new() { Resolver = new StubResolver("10.0.0.1", "10.0.0.2", "::1") }, policy: null, TimeProvider.System);
        using SocketConnector one = new(
            new() { Resolver = new StubResolver("10.0.0.1", "::1"), AddressFamily = AddressFamily.InterNetwork }, policy: null, TimeProvider.System);

        Assert.Equal("::1 10.0.0.1 10.0.0.2", string.Join(' ', await both.ResolveAsync("h", 80, CancellationToken.None)));
        Assert.Equal("10.0.0.1", string.Join(' ', await one.ResolveAsync("h", 80, CancellationToken.None)));
        NameResolutionException e = await Assert.ThrowsAsync<NameResolutionException>(() => one.ResolveAsync("::2", 80, CancellationToken.None).AsTask());
        Assert.Equal("the host '::2' has no IPv4 address, and the connection options ask for one: ::2.", e.Message);
    }

    [Fact]
    public async Task The_platform_is_asked_for_the_one_family_only()
    {
        using SocketConnector connector = new(new() { AddressFamily = AddressFamily.InterNetwork }, policy: null, TimeProvider.System);

        Assert.Equal([IPAddress.Loopback], await connector.ResolveAsync("localhost", 80, CancellationToken.None));
    }

    [Fact]
    public async Task Connections_begin_at_the_local_address()
    {
        // IPv6 comes first, and is not tried because an IPv4 address is bound.
        ConnectionOptions options = new() { LocalAddress = IPAddress.Parse("127.0.0.2"), Resolver = new StubResolver("::1", "127.0.0.1") };

        using Socket socket = await ConnectAsync(options, "h", Port);

        Assert.Equal(options.LocalAddress, ((IPEndPoint)socket.LocalEndPoint!).Address);
    }

    [Fact]
    public async Task A_local_address_of_another_machine_is_told()
    {
        ConnectException e = await Assert.ThrowsAsync<ConnectException>(
            () => ConnectAsync(new() { LocalAddress = IPAddress.Parse("203.0.113.1") }, "127.0.0.1", Port));

        Assert.StartsWith("the LocalAddress 203.0.113.1 cannot be used: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_alive_is_set()
    {
        using Socket with = await ConnectAsync(new() { KeepAlive = new() { Time = TimeSpan.FromSeconds(7), Interval = TimeSpan.FromSeconds(3), Count = 2 } }, "127.0.0.1", Port);
        using Socket without = await ConnectAsync(new() { KeepAlive = null }, "127.0.0.1", Port);

        Assert.Equal(
            [7, 3, 2],
            [Tcp(SocketOptionName.TcpKeepAliveTime), Tcp(SocketOptionName.TcpKeepAliveInterval), Tcp(SocketOptionName.TcpKeepAliveRetryCount)]);
        Assert.NotEqual(0, with.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(0, without.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));

        int Tcp(SocketOptionName name) => (int)with.GetSocketOption(SocketOptionLevel.Tcp, name)!;
    }

    [Fact]
    public async Task Every_host_is_behind_the_Unix_socket()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        ConnectionOptions options = new() { UnixSocket = path };
        ConnectException missing = await Assert.ThrowsAsync<ConnectException>(() => ConnectAsync(options, "h", 80));
        Assert.Equal($"the Unix socket '{path}' cannot be reached: there is no such file.", missing.Message);

        try
        {
            using (Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            {
                listener.Bind(new UnixDomainSocketEndPoint(path));
                listener.Listen();
                using Socket socket = await ConnectAsync(options, "no-such-host.invalid", 80, AddressPolicy.PublicOnly);
                Assert.True(socket.Connected);
                File.Move(path, path + "-"); // or closing the listener would remove it
            }

            File.Move(path + "-", path);
            ConnectException refused = await Assert.ThrowsAsync<ConnectException>(() => ConnectAsync(options, "h", 80));
            Assert.EndsWith("cannot be reached: connection refused. Nothing listens there.", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A black hole, and on the same port of 127.0.0.1 somebody who listens.</summary>
    private static async Task<(FaultyServer Hole, TcpListener Listener)> OpenBesideAsync(string dead)
    {
        while (true)
        {
            FaultyServer hole = await BlackHole.OpenAsync(dead);
            TcpListener listener = new(IPAddress.Loopback, hole.Port);
            try
            {
                listener.Start();
                return (hole, listener);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                await hole.DisposeAsync(); // that port of the other address is somebody else's
            }
        }
    }

    private async Task<Socket> ConnectAsync(
        ConnectionOptions options, string host, int port, AddressPolicy? policy = null, CancellationToken cancellationToken = default)
    {
        using SocketConnector connector = new(options, policy, TimeProvider.System);
        return ((NetworkStream)await connector.ConnectAsync(host, port, checksPolicy: true, _times, loop: null, cancellationToken)).Socket;
    }
}
