namespace RequestsAsync;

/// <summary>What may end a call early: its total time, the time of the phase it is in, its caller, its session.</summary>
/// <remarks>
/// Pooled, and with one lazy timer: beginning a phase writes down when it is due, and the timer is moved only when it would ring too late.
/// It nearly always rings for a request that is long over, looks, and goes back to sleep; so the hot path sets no timer, and takes no lock.
/// </remarks>
internal sealed class Deadline : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly Lock _gate = new(); // between the timer and the end of the call
    private readonly DeadlinePool _pool;
    private readonly TimeProvider _time;
    private readonly double _stampsPerTick;
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _session;
    private CancellationTokenSource _source = new();
    private PhaseLimits _limits;
    private volatile Sending? _sending;
    private long _totalDue = Never;
    private long _rings = Never; // when the timer will ring
    private TimeoutPhase? _expired;
    private bool _isTokenOurs = true; // seen by nobody but this library
    private CancellationTokenRegistration _caller;
    private CancellationToken _callerToken;

    /// <summary>Made by its pool alone.</summary>
    public Deadline(DeadlinePool pool, PhaseLimits limits)
    {
        _pool = pool;
        _limits = limits;
        _time = pool.Time;
        _stampsPerTick = _time.TimestampFrequency / (double)TimeSpan.TicksPerSecond;
        _timer = CreateTimer();
        _session = pool.Stopping.UnsafeRegister(static deadline => ((Deadline)deadline!)._source.Cancel(), this);
    }

    /// <summary>Cancelled when any of them ends the call.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The token of the caller, for the exception that reports its cancellation.</summary>
    public CancellationToken CallerToken => _callerToken;

    /// <summary>The limit for the whole call.</summary>
    public TimeSpan Total { get; private set; }

    /// <summary>The limits of the phases.</summary>
    public PhaseLimits Limits => _limits;

    /// <summary>Whether something has ended the call.</summary>
    public bool IsOver => _source.IsCancellationRequested;

    /// <summary>Which limit has passed, if one has.</summary>
    public TimeoutPhase? Expired => _expired;

    /// <summary>Why the call ended early.</summary>
    public EndedBy EndedBy =>
        _callerToken.IsCancellationRequested ? EndedBy.Caller
        : _pool.Stopping.IsCancellationRequested ? EndedBy.Session
        : _source.IsCancellationRequested ? EndedBy.Timeout
        : EndedBy.Nothing;

    /// <summary>How much is left of the total.</summary>
    public TimeSpan Remaining => _totalDue == Never ? TimeSpan.MaxValue : Until(_totalDue);

    /// <summary>The session's clock.</summary>
    public TimeProvider Time => _time;

    /// <summary>Starts the clock of a call.</summary>
    /// <param name="limits">The limits of the phases.</param>
    /// <param name="total">The limit of the whole call.</param>
    /// <param name="keepsToken">Whether nobody but this library sees the token. Who keeps one that serves again is cancelled by somebody else's timeout.</param>
    /// <param name="now">The timestamp from which the total counts.</param>
    /// <param name="caller">The caller's token.</param>
    public void Start(PhaseLimits limits, TimeSpan total, bool keepsToken, long now, CancellationToken caller)
    {
        if (!_isTokenOurs) RenewToken();
        _isTokenOurs = keepsToken;
        _limits = limits;
        Total = total;
        _callerToken = caller;
        if (total != Timeouts.Infinite)
        {
            _totalDue = After(total, now);
            RingBy(_totalDue);
        }

        if (caller.CanBeCanceled)
            _caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>The sending whose phases count from now on.</summary>
    public void Watch(Sending sending) => _sending = sending;

    /// <summary>The timestamp at which a phase is due.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="now">When it begins, or has made progress, as a timestamp.</param>
    /// <param name="mayConnect">Whether connecting may come first, seen by nobody: its limits are added.</param>
    public long DueOf(TimeoutPhase phase, long now, bool mayConnect)
    {
        TimeSpan limit = _limits.Of(phase);
        if (mayConnect && limit != Timeouts.Infinite) limit = _limits.AfterConnecting(limit);
        return limit == Timeouts.Infinite ? Never : After(limit, now);
    }

    /// <summary>Sees to it that the timer looks by then.</summary>
    public void RingBy(long due)
    {
        // What is due is written before the timer is looked at, and the timer forgets when it rings before it looks for what is due.
        Interlocked.MemoryBarrier();
        if (due >= _rings) return;

        lock (_gate)
        {
            RingAt(due);
        }
    }

    /// <summary>The deadline of another attempt, after a phase of this one took too long: what is left of the total, and the same tokens. This one is stopped.</summary>
    public Deadline Renew()
    {
        Deadline next = _pool.Rent(_limits, Total, _isTokenOurs, _time.GetTimestamp(), _callerToken);
        next._totalDue = _totalDue;
        next.RingBy(_totalDue);
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

    /// <summary>Stops the clock; called once for each start.</summary>
    public void Stop()
    {
        // Disposing a registration waits for its callback when that is running, so nothing can cancel the source once it is back in the pool.
        _caller.Dispose();
        _caller = default;
        _callerToken = default;
        _sending = null;
        bool isUsable;
        lock (_gate)
        {
            _totalDue = Never;
            isUsable = _expired is null; // otherwise the timer's callback may be about to cancel the source
        }

        if (isUsable && (!_isTokenOurs || _source.TryReset())) _pool.Return(this);
        else Dispose();
    }

    public void Dispose()
    {
        _session.Unregister();
        _timer.Dispose();
    }

    private void RenewToken()
    {
        _source = new CancellationTokenSource();
        if (_pool.Stopping.IsCancellationRequested) _source.Cancel(); // its callback may have met the one before
    }

    private long After(TimeSpan limit, long now) => now + (long)(limit.Ticks * _stampsPerTick);

    private TimeSpan Until(long due) => TimeSpan.FromTicks((long)Math.Max(0, (due - _time.GetTimestamp()) / _stampsPerTick));

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
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Until(due).TotalMilliseconds)), Timeouts.Infinite); // it knows whole ones, and must not ring before
    }

    private void Ring()
    {
        lock (_gate)
        {
            _rings = Never;
            if (_expired is not null) return;

            Interlocked.MemoryBarrier(); // as in RingBy
            (TimeoutPhase phase, long phaseDue) = _sending?.Phase ?? (default, Never);
            long due = Math.Min(_totalDue, phaseDue);
            if (due > _time.GetTimestamp())
            {
                RingAt(due);
                return;
            }

            _expired = _totalDue <= phaseDue ? TimeoutPhase.Total : phase;
        }

        _source.Cancel();
    }
}
