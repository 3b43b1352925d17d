using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Conformance;

/// <summary>One race on a network of which a case says how it behaves, in fake time.</summary>
internal sealed class HappyEyeballsRace
{
    private readonly StepClock _clock = new();
    private int _underWay;

    /// <summary>How long an attempt takes.</summary>
    public Func<IPAddress, TimeSpan> Duration { get; init; } = _ => TimeSpan.Zero;

    /// <summary>How an attempt fails; <see langword="null"/> if it does not.</summary>
    public Func<IPAddress, SocketError?> Failure { get; init; } = _ => null;

    /// <summary>Whether attempts end when they are cancelled; if not, several may win.</summary>
    public bool HeedsToken { get; init; } = true;

    public List<IPAddress> Attempts { get; } = [];

    public List<Connection> Made { get; } = [];

    public int MostAtOnce { get; private set; }

    public TimeSpan Elapsed => _clock.Now;

    public Connection? Winner { get; private set; }

    public Exception? Error { get; private set; }

    /// <summary>Whether nothing is left: no attempt under way, no connection open but the winner's.</summary>
    public bool IsClean => _underWay == 0 && Made.TrueForAll(connection => connection.IsDisposed == (connection != Winner));

    /// <summary>Runs it to its end.</summary>
    public HappyEyeballsRace Run(IReadOnlyList<IPAddress> addresses, TimeSpan delay, AddressFamily? only = null, int firstFamilyCount = 1, TimeSpan? cancelledAfter = null)
    {
        IPEndPoint[] endPoints = [.. AddressOrder.Of(addresses, only, firstFamilyCount).Select(address => new IPEndPoint(address, 80))];
        using CancellationTokenSource caller = cancelledAfter is { } limit ? new(limit, _clock) : new();
        Task<Connection> race = HappyEyeballs.RaceAsync(endPoints, ConnectAsync, delay, _clock, caller.Token).AsTask();
        while (!race.IsCompleted && _clock.Step())
        {
        }

        if (race.IsCompletedSuccessfully) Winner = race.Result;
        else Error = race.IsCanceled ? new OperationCanceledException() : race.Exception?.InnerException ?? new InvalidOperationException("the race does not end");
        return this;
    }

    private async ValueTask<Connection> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        Attempts.Add(endPoint.Address);
        MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
        try
        {
            if (Duration(endPoint.Address) is var duration && duration > TimeSpan.Zero)
                await WaitAsync(duration, HeedsToken ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
            if (Failure(endPoint.Address) is { } error) throw new SocketException((int)error);

            Made.Add(new(endPoint.Address));
            return Made[^1];
        }
        finally
        {
            _underWay--;
        }
    }

    // Task.Delay would continue on another thread when it is cancelled, and the clock would go on meanwhile.
    private async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        TaskCompletionSource done = new();
        await using ITimer timer = _clock.CreateTimer(_ => done.TrySetResult(), state: null, time, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration cancellation = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        await done.Task.ConfigureAwait(false);
    }

    internal sealed class Connection(IPAddress address) : IDisposable
    {
        public IPAddress Address => address;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
