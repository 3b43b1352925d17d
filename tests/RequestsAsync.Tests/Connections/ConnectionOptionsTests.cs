using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

public sealed class ConnectionOptionsTests
{
    public static TheoryData<ConnectionOptions, string> Wrong => new()
    {
        { new() { Resolver = null! }, "Resolver" },
        { new() { Hosts = null! }, "Hosts" },
        { new() { Hosts = { ["a"] = null! } }, "no address" },
        { new() { AddressFamily = AddressFamily.Unix }, "AddressFamily is Unix" },
        { new() { AddressFamily = AddressFamily.InterNetwork, LocalAddress = IPAddress.IPv6Loopback }, "LocalAddress is ::1" },
        { new() { UnixSocket = "" }, "UnixSocket" },
        { new() { UnixSocket = new string('x', 200) }, "longer than the platform takes" },
        { new() { AttemptDelay = TimeSpan.FromMilliseconds(9) }, "10 ms or more" },
        { new() { AttemptDelay = Timeouts.Infinite }, "10 ms or more" },
        { new() { AttemptDelay = TimeSpan.FromDays(50) }, "49 days" },
        { new() { IdleTimeout = TimeSpan.FromSeconds(-1) }, "IdleTimeout" },
        { new() { MaxLifetime = TimeSpan.FromSeconds(-1) }, "MaxLifetime" },
        { new() { DnsLifetime = TimeSpan.FromSeconds(-1) }, "DnsLifetime" },
        { new() { KeepAlive = new() { Time = TimeSpan.Zero } }, "Time of KeepAlive" },
        { new() { KeepAlive = new() { Interval = TimeSpan.FromSeconds(1.5) } }, "whole seconds" },
        { new() { KeepAlive = new() { Count = 0 } }, "Count of KeepAlive" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Mistakes_are_told_when_the_session_is_made(ConnectionOptions options, string problem)
    {
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => new SocketConnector(options, policy: null, TimeProvider.System));

        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_and_the_extremes_are_fine()
    {
        new ConnectionOptions().Check();
        new ConnectionOptions
        {
            AddressFamily = AddressFamily.InterNetworkV6,
            LocalAddress = IPAddress.IPv6Any,
            UnixSocket = "/run/docker.sock",
            AttemptDelay = TimeSpan.FromMilliseconds(10),
            KeepAlive = null,
            IdleTimeout = TimeSpan.Zero,
            MaxLifetime = Timeouts.Infinite,
            DnsLifetime = TimeSpan.Zero,
        }.Check();
    }
}
