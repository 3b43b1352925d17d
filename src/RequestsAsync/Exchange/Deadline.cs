using System.Collections.Concurrent;

namespace RequestsAsync;

/// <summary>What may end a call early: its total time, its caller, its session. Pooled, so that a request pays for no new timer.</summary>
internal sealed class Deadline
{
    private const int MaxPooled = 1024;

    private static readonly ConcurrentQueue<Deadline> Pool = new();

    private readonly CancellationTokenSource _source;
    private readonly bool _pooled;
    private CancellationTokenRegistration _caller;
    private CancellationTokenRegistration _session;
    private CancellationToken _callerToken;
    private CancellationToken _sessionToken;

    private Deadline(CancellationTokenSource source, bool pooled) => (_source, _pooled) = (source, pooled);

    /// <summary>Cancelled when any of them ends the call.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The token of the caller, for the exception that reports its cancellation.</summary>
    public CancellationToken CallerToken => _callerToken;

    /// <summary>The limit.</summary>
    public TimeSpan Total { get; private set; }

    /// <summary>Whether something has ended the call.</summary>
    public bool IsOver => _source.IsCancellationRequested;

    /// <summary>Why the call ended early.</summary>
    public EndedBy EndedBy =>
        _callerToken.IsCancellationRequested ? EndedBy.Caller
        : _sessionToken.IsCancellationRequested ? EndedBy.Session
        : _source.IsCancellationRequested ? EndedBy.Timeout
        : EndedBy.Nothing;

    /// <summary>Starts the clock.</summary>
    /// <param name="total">The limit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="mayPool">Whether nobody but this library sees the token. Who keeps one from the pool is cancelled by somebody else's timeout.</param>
    /// <param name="session">Cancelled when the session is disposed.</param>
    /// <param name="caller">The caller's token.</param>
    public static Deadline Start(TimeSpan total, TimeProvider time, bool mayPool, CancellationToken session, CancellationToken caller)
    {
        Deadline deadline;
        if (time != TimeProvider.System || !mayPool)
            deadline = new(new CancellationTokenSource(total, time), pooled: false);
        else if (Pool.TryDequeue(out Deadline? used))
            deadline = used;
        else
            deadline = new(new CancellationTokenSource(), pooled: true);

        deadline.Total = total;
        deadline._callerToken = caller;
        deadline._sessionToken = session;
        deadline._session = session.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline._source);
        if (caller.CanBeCanceled)
            deadline._caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline._source);
        if (deadline._pooled && total != Timeouts.Infinite) deadline._source.CancelAfter(total);
        return deadline;
    }

    /// <summary>From here on the caller's token ends nothing: it was for the call, and the call has returned.</summary>
    /// <exception cref="OperationCanceledException">The call is over already.</exception>
    public void ReleaseCaller()
    {
        _caller.Dispose();
        _source.Token.ThrowIfCancellationRequested();
        _caller = default;
        _callerToken = default;
    }

    /// <summary>Stops the clock; called once.</summary>
    public void Stop()
    {
        // Disposing a registration waits for its callback when that is running, so nothing can cancel the source once it is back in the pool.
        _caller.Dispose();
        _session.Dispose();
        _caller = _session = default;
        _callerToken = _sessionToken = default;
        if (_pooled && Pool.Count < MaxPooled && _source.TryReset())
            Pool.Enqueue(this);
        else
            _source.Dispose();
    }
}
