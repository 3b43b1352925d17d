using System.Collections.Concurrent;

namespace RequestsAsync;

/// <summary>What may end a call early: its total time, the time of the phase it is in, its caller, its session.</summary>
/// <remarks>
/// Pooled, and with one lazy timer: beginning a phase writes down when it is due, and the timer is moved only when it would ring too late.
/// It nearly always rings for a request that is long over, looks, and goes back to sleep; so the hot path sets no timer at all.
/// </remarks>
internal sealed class Deadline
{
    private const int MaxPooled = 1024;
    private const long Never = long.MaxValue;

    private static readonly ConcurrentQueue<Deadline> Pool = new();

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _source;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly bool _pooled;
    private PhaseLimits? _limits;
    private long _totalDue = Never;
    private long _phaseDue = Never;
    private long _rings = Never; // when the timer will ring
    private TimeoutPhase _phase;
    private int _version;
    private TimeoutPhase? _expired;
    private CancellationTokenRegistration _caller;
    private CancellationTokenRegistration _session;
    private CancellationToken _callerToken;
    private CancellationToken _sessionToken;

    private Deadline(CancellationTokenSource source, TimeProvider time, bool pooled)
    {
        _source = source;
        _time = time;
        _pooled = pooled;
        _timer = CreateTimer();
    }

    /// <summary>Cancelled when any of them ends the call.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The token of the caller, for the exception that reports its cancellation.</summary>
    public CancellationToken CallerToken => _callerToken;

    /// <summary>The limit for the whole call.</summary>
    public TimeSpan Total { get; private set; }

    /// <summary>The limits of the phases.</summary>
    public PhaseLimits Limits => _limits!;

    /// <summary>Whether something has ended the call.</summary>
    public bool IsOver => _source.IsCancellationRequested;

    /// <summary>Which limit has passed, if one has.</summary>
    public TimeoutPhase? Expired => _expired;

    /// <summary>Why the call ended early.</summary>
    public EndedBy EndedBy =>
        _callerToken.IsCancellationRequested ? EndedBy.Caller
        : _sessionToken.IsCancellationRequested ? EndedBy.Session
        : _source.IsCancellationRequested ? EndedBy.Timeout
        : EndedBy.Nothing;

    /// <summary>How much is left of the total.</summary>
    public TimeSpan Remaining => _totalDue == Never ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds(Math.Max(0, _totalDue - Now));

    // Milliseconds. The system's coarse clock is good enough for limits, and much cheaper than the fine one.
    private long Now => ReferenceEquals(_time, TimeProvider.System)
        ? Environment.TickCount64
        : _time.GetTimestamp() / (_time.TimestampFrequency / 1000);

    /// <summary>Starts the clock.</summary>
    /// <param name="limits">The limits of the phases.</param>
    /// <param name="total">The limit of the whole call.</param>
    /// <param name="time">The clock.</param>
    /// <param name="mayPool">Whether nobody but this library sees the token. Who keeps one from the pool is cancelled by somebody else's timeout.</param>
    /// <param name="session">Cancelled when the session is disposed.</param>
    /// <param name="caller">The caller's token.</param>
    public static Deadline Start(PhaseLimits limits, TimeSpan total, TimeProvider time, bool mayPool, CancellationToken session, CancellationToken caller)
    {
        Deadline? deadline = null;
        bool pooled = mayPool && ReferenceEquals(time, TimeProvider.System);
        if (!pooled || !Pool.TryDequeue(out deadline)) deadline = new(new CancellationTokenSource(), time, pooled);

        deadline._limits = limits;
        deadline.Total = total;
        deadline._callerToken = caller;
        deadline._sessionToken = session;
        if (total != Timeouts.Infinite)
        {
            lock (deadline._gate)
            {
                deadline._totalDue = deadline.Now + (long)total.TotalMilliseconds;
                deadline.RingAt(deadline._totalDue);
            }
        }

        deadline._session = session.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline._source);
        if (caller.CanBeCanceled)
            deadline._caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline._source);
        return deadline;
    }

    /// <summary>Which of the calls that it serves, one after another, this one is.</summary>
    public int Version => _version;

    /// <summary>A phase begins, or has made progress, and has its whole time.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="version">For which call. A connection may hear of a byte when the call that it carried is over.</param>
    /// <param name="mayConnect">Whether connecting may come first, seen by nobody: its limits are added.</param>
    public void Enter(TimeoutPhase phase, int version, bool mayConnect = false)
    {
        lock (_gate)
        {
            if (version != _version) return;

            TimeSpan limit = _limits!.Of(phase);
            if (mayConnect && limit != Timeouts.Infinite) limit = _limits.AfterConnecting(limit);
            _phase = phase;
            _phaseDue = limit == Timeouts.Infinite ? Never : Now + (long)limit.TotalMilliseconds;
            RingAt(_phaseDue);
        }
    }

    /// <summary>No phase: what the call waits for has a limit of its own, or none.</summary>
    public void Leave(int version)
    {
        lock (_gate)
        {
            if (version == _version) _phaseDue = Never;
        }
    }

    /// <summary>The deadline of another attempt, after a phase of this one took too long: what is left of the total, and the same tokens. This one is stopped.</summary>
    public Deadline Renew()
    {
        Deadline next = Start(_limits!, Total, _time, _pooled, _sessionToken, _callerToken);
        lock (next._gate)
        {
            next._totalDue = _totalDue;
            next.RingAt(_totalDue);
        }

        Stop();
        return next;
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
        lock (_gate)
        {
            _version++;
            _totalDue = _phaseDue = Never;
            if (_expired is not null)
            {
                _timer.Dispose();
                return; // the timer's callback may be about to cancel the source
            }
        }

        if (_pooled && Pool.Count < MaxPooled && _source.TryReset())
        {
            Pool.Enqueue(this);
            return;
        }

        _timer.Dispose();
        _source.Dispose();
    }

    // A timer keeps the flow in which it was made, with all that its maker has in it, and this one outlives the call.
    private ITimer CreateTimer()
    {
        bool flows = !ExecutionContext.IsFlowSuppressed();
        if (flows) ExecutionContext.SuppressFlow();
        try
        {
            return _time.CreateTimer(static deadline => ((Deadline)deadline!).Ring(), this, Timeouts.Infinite, Timeouts.Infinite);
        }
        finally
        {
            if (flows) ExecutionContext.RestoreFlow();
        }
    }

    private void RingAt(long due)
    {
        if (due >= _rings) return;

        _rings = due;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, due - Now)), Timeouts.Infinite);
    }

    private void Ring()
    {
        lock (_gate)
        {
            _rings = Never;
            if (_expired is not null) return;

            long due = Math.Min(_totalDue, _phaseDue);
            if (due > Now)
            {
                RingAt(due);
                return;
            }

            _expired = _totalDue <= _phaseDue ? TimeoutPhase.Total : _phase;
        }

        _source.Cancel();
    }
}
