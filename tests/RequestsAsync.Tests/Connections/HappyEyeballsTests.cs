using System.Net.Sockets;

namespace RequestsAsync.Tests;

public sealed class HappyEyeballsTests
{
    private readonly FakeNetwork _network = new();

    [Fact]
    public async Task A_black_hole_costs_exactly_the_attempt_delay()
    {
        _network.Connects("10.0.0.1", after: 20);

        (string? winner, _, int milliseconds) = await _network.RaceAsync("::1 10.0.0.1");

        Assert.Equal("10.0.0.1", winner);
        Assert.Equal(270, milliseconds);
        Assert.Equal(["::1@0", "10.0.0.1@250"], _network.Begun);
    }

    [Fact]
    public async Task A_refusal_costs_nothing()
    {
        _network.Fails("::1");
        _network.Connects("127.0.0.1", after: 0);

        (string? winner, _, int milliseconds) = await _network.RaceAsync("::1 127.0.0.1");

        Assert.Equal("127.0.0.1", winner);
        Assert.Equal(0, milliseconds);
    }

    [Fact]
    public async Task A_failure_begins_the_next_at_once_and_the_delay_anew()
    {
        _network.Fails("10.0.0.1", after: 100);
        _network.Connects("10.0.0.4", after: 5);

        (string? winner, _, int milliseconds) = await _network.RaceAsync("10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4");

        Assert.Equal("10.0.0.4", winner);
        Assert.Equal(["10.0.0.1@0", "10.0.0.2@100", "10.0.0.3@350", "10.0.0.4@600"], _network.Begun);
        Assert.Equal(605, milliseconds);
    }

    [Fact]
    public async Task The_first_to_connect_wins_also_when_it_began_first()
    {
        _network.Connects("10.0.0.1", after: 300);
        _network.Connects("10.0.0.2", after: 100);

        (string? winner, _, int milliseconds) = await _network.RaceAsync("10.0.0.1 10.0.0.2");

        Assert.Equal("10.0.0.1", winner);
        Assert.Equal(300, milliseconds);
    }

    [Fact]
    public async Task A_connection_in_time_begins_no_second_attempt()
    {
        _network.Connects("10.0.0.1", after: 250);

        await _network.RaceAsync("10.0.0.1 10.0.0.2");

        Assert.Equal(["10.0.0.1@0"], _network.Begun);
    }

    [Fact]
    public async Task Of_several_that_connect_at_once_one_is_kept_and_the_others_are_closed()
    {
        _network.Connects("10.0.0.1", after: 600, heedsToken: false);
        _network.Connects("10.0.0.2", after: 350, heedsToken: false);
        _network.Connects("10.0.0.3", after: 100, heedsToken: false);

        (string? winner, _, int milliseconds) = await _network.RaceAsync("10.0.0.1 10.0.0.2 10.0.0.3");

        Assert.NotNull(winner);
        Assert.Equal(600, milliseconds);
        Assert.Equal(3, _network.Made.Count);
    }

    [Fact]
    public async Task No_more_than_six_are_under_way()
    {
        string[] addresses = [.. Enumerable.Range(1, 9).Select(i => $"10.0.0.{i}")];
        foreach (string address in addresses)
            _network.Fails(address, after: 1000);

        await _network.RaceAsync(string.Join(' ', addresses), delay: 10);

        Assert.Equal(6, _network.MostAtOnce);
        Assert.Equal(["10.0.0.6@50", "10.0.0.7@1000", "10.0.0.8@1010", "10.0.0.9@1020"], _network.Begun[5..]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(300)]
    public async Task Cancellation_ends_all_attempts(int milliseconds)
    {
        (_, Exception? error, int ended) = await _network.RaceAsync("::1 10.0.0.1 ::2", cancelledAfter: milliseconds);

        Assert.IsType<OperationCanceledException>(error);
        Assert.Equal(milliseconds, ended);
    }

    [Fact]
    public async Task A_connection_that_comes_with_the_cancellation_is_closed()
    {
        _network.Connects("10.0.0.1", after: 300, heedsToken: false);

        (_, Exception? error, _) = await _network.RaceAsync("10.0.0.1", cancelledAfter: 100);

        Assert.IsType<OperationCanceledException>(error);
        Assert.Single(_network.Made);
    }

    [Theory]
    [InlineData("::1", SocketError.ConnectionRefused, SocketError.ConnectionRefused, "connection refused. Nothing listens on that port.")]
    [InlineData("::1 10.0.0.1", SocketError.ConnectionRefused, SocketError.ConnectionRefused, "::1, 10.0.0.1: connection refused. Nothing listens on that port.")]
    [InlineData("::1 10.0.0.1", SocketError.NetworkUnreachable, SocketError.ConnectionRefused,
        "::1: no route to it. Is the network up?; 10.0.0.1: connection refused. Nothing listens on that port.")]
    public async Task When_all_fail_each_address_and_reason_is_told(string addresses, SocketError ofFirst, SocketError ofSecond, string message)
    {
        _network.Fails("::1", after: 300, ofFirst);
        _network.Fails("10.0.0.1", after: 300, ofSecond);

        (_, Exception? error, _) = await _network.RaceAsync(addresses);

        ConnectException e = Assert.IsType<ConnectException>(error);
        Assert.Equal(message, e.Message);
        Assert.NotNull(e.InnerException);
    }
}
