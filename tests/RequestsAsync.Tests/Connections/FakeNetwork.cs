using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

/// <summary>A network on which each address answers as a test says, on a clock that the test turns; addresses of which it says nothing are black holes.</summary>
internal sealed class FakeNetwork
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private readonly ManualTime _time = new();
    private readonly DateTimeOffset _start;
    private readonly CountedTimers _raceTime;
    private readonly Dictionary<string, Behaviour> _hosts = [];
    private int _underWay;

    public FakeNetwork()
    {
        _start = _time.Now;
        _raceTime = new(_time);
    }

    /// <summary>The attempts in their order: the address, and the millisecond of the beginning.</summary>
    public List<string> Begun { get; } = [];

    public List<Connection> Made { get; } = [];

    public int MostAtOnce { get; private set; }

    public void Connects(string address, int after, bool heedsToken = true) => _hosts[address] = new(after, Error: null, heedsToken);

    public void Fails(string address, int after = 0, SocketError error = SocketError.ConnectionRefused) => _hosts[address] = new(after, error, HeedsToken: true);

    /// <summary>Runs the race to its end, and looks for what is left of it.</summary>
    public async Task<(string? Winner, Exception? Error, int Milliseconds)> RaceAsync(string addresses, int delay = 250, int? cancelledAfter = null)
    {
        IPEndPoint[] endPoints = [.. addresses.Split(' ').Select(address => new IPEndPoint(IPAddress.Parse(address), 80))];
        using CancellationTokenSource caller = new();
        Task<Connection> race = HappyEyeballs.RaceAsync(endPoints, ConnectAsync, TimeSpan.FromMilliseconds(delay), _raceTime, caller.Token).AsTask();
        while (!race.IsCompleted)
        {
            if (Now == cancelledAfter)
            {
                await caller.CancelAsync();
                // The race may hear of it on another thread, so the clock waits.
                if (_hosts.Values.All(host => host.HeedsToken)) await Task.WhenAny(race);
            }

            if (!race.IsCompleted) _time.Advance(Step);
            Assert.True(Now < 60_000, "the race does not end");
        }

        int ended = Now;
        await Task.WhenAny(race);
        Connection? winner = race.IsCompletedSuccessfully ? await race : null;
        Assert.Equal(0, _raceTime.Alive);
        Assert.Equal(0, _underWay);
        Assert.All(Made, connection => Assert.Equal(connection != winner, connection.IsDisposed));
        return (winner?.Address, race.IsCanceled ? new OperationCanceledException() : race.Exception?.InnerException, ended);
    }

    private int Now => (int)(_time.Now - _start).TotalMilliseconds;

    private async ValueTask<Connection> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        string address = endPoint.Address.ToString();
        Begun.Add($"{address}@{Now}");
        MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
        try
        {
            Behaviour host = _hosts.GetValueOrDefault(address, new(60_000, SocketError.TimedOut, HeedsToken: true));
            if (host.After > 0) await WaitAsync(host.After, host.HeedsToken ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
            if (host.Error is { } error) throw new SocketException((int)error);

            Made.Add(new(address));
            return Made[^1];
        }
        finally
        {
            _underWay--;
        }
    }

    // Task.Delay would continue on another thread when it is cancelled, and the clock would go on meanwhile.
    private async Task WaitAsync(int milliseconds, CancellationToken cancellationToken)
    {
        TaskCompletionSource done = new();
        await using ITimer timer = _time.CreateTimer(_ => done.TrySetResult(), state: null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration cancellation = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        await done.Task.ConfigureAwait(false);
    }

    private readonly record struct Behaviour(int After, SocketError? Error, bool HeedsToken);

    internal sealed class Connection(string address) : IDisposable
    {
        public string Address => address;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
