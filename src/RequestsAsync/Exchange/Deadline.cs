using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>What may end a call early: its total time, the time of the phase it is in, its caller, its session.</summary>
/// <remarks>
/// It serves one call after another (see <see cref="Deadlines"/>). Beginning a phase writes down when it is due, and the clock of all is moved only
/// when it would ring too late. It nearly always rings for requests that are long over, looks, and goes back to sleep; so the hot path sets no timer,
/// and takes no lock.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer and without a handle holds nothing that has to be freed.")]
internal sealed class Deadline
{
    /// <summary>The timestamp of what is never due.</summary>
    public const long Never = long.MaxValue;

    // What it is doing: in the lowest bits, above the number of the call that it serves. The clock and the call may change it at the same moment.
    private const int Resting = 0;
    private const int Running = 1;
    private const int HasExpired = 2;
    private const int StateMask = 3;

    private readonly Deadlines _clock;
    private CancellationTokenSource _source = new();
    private PhaseLimits _limits;
    private volatile Sending? _sending;
    private long _totalDue = Never;
    private int _state;
    private TimeoutPhase? _expired;
    private bool _isTokenOurs = true; // seen by nobody but this library
    private CancellationTokenRegistration _caller;
    private CancellationToken _callerToken;

    /// <summary>Made by <see cref="Deadlines"/> alone.</summary>
    public Deadline(Deadlines clock, PhaseLimits limits)
    {
        _clock = clock;
        _limits = limits;
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
        : _clock.Stopping.IsCancellationRequested ? EndedBy.Session
        : _source.IsCancellationRequested ? EndedBy.Timeout
        : EndedBy.Nothing;

    /// <summary>How much is left of the total.</summary>
    public TimeSpan Remaining => _totalDue == Never ? TimeSpan.MaxValue : _clock.Until(_totalDue);

    /// <summary>The session's clock.</summary>
    public TimeProvider Time => _clock.Time;

    /// <summary>The event loop on whose thread the call began, and that awaits it; <see langword="null"/> where none does.</summary>
    public EventLoop? Loop { get; set; }

    /// <summary>Where it stands among those of its session; for these alone.</summary>
    public int Index { get; set; }

    /// <summary>When the first limit passes, as a timestamp; <see cref="Never"/> while it serves no call.</summary>
    public long Due => Math.Min(Volatile.Read(ref _totalDue), _sending?.Phase.Due ?? Never);

    /// <summary>Starts with a call.</summary>
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
        Volatile.Write(ref _state, (_state & ~StateMask) + StateMask + 1 + Running);
        if (total != Timeouts.Infinite) Restrict(_clock.After(total, now));
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
        return limit == Timeouts.Infinite ? Never : _clock.After(limit, now);
    }

    /// <summary>Sees to it that the clock looks by then.</summary>
    public void RingBy(long due) => _clock.RingBy(due);

    /// <summary>The deadline of another attempt, after a phase of this one took too long: what is left of the total, and the same tokens. This one is stopped.</summary>
    public Deadline Renew()
    {
        Deadline next = _clock.Start(_limits, Timeouts.Infinite, _isTokenOurs, now: 0, _callerToken);
        next.Total = Total;
        next.Loop = Loop;
        next.Restrict(_totalDue);
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

    /// <summary>Ends with the call, and serves whoever comes; called once for each start.</summary>
    public void Stop()
    {
        if (TryStop()) _clock.Keep(this);
    }

    /// <summary>Ends with the call; called once for each start, instead of <see cref="Stop"/>, by who has the next one for it.</summary>
    /// <returns>Whether it may serve again.</returns>
    public bool TryStop()
    {
        // Disposing a registration waits for its callback when that is running, so nothing can cancel the source once it serves again.
        _caller.Dispose();
        _caller = default;
        _callerToken = default;
        _sending = null;
        Loop = null;
        Volatile.Write(ref _totalDue, Never);

        // Where a limit has passed, the clock may be about to cancel the source.
        int state = Volatile.Read(ref _state);
        bool isUsable = (state & StateMask) == Running && TryChange(state, Resting);
        if (isUsable && (!_isTokenOurs || _source.TryReset())) return true;

        _clock.Forget(this);
        return false;
    }

    /// <summary>Ends the call if a limit has passed. The clock asks.</summary>
    public void Check(long now)
    {
        int state = Volatile.Read(ref _state);
        (TimeoutPhase phase, long phaseDue) = _sending?.Phase ?? (default, Never);
        long totalDue = Volatile.Read(ref _totalDue);
        if (Math.Min(totalDue, phaseDue) > now || (state & StateMask) != Running) return;

        if (!TryChange(state, HasExpired)) return; // the call has ended at this very moment

        _expired = totalDue <= phaseDue ? TimeoutPhase.Total : phase;
        _ = _source.CancelAsync(); // what that sets going may be anything, and must not hold up the clock
    }

    /// <summary>Ends the call: its session is disposed.</summary>
    public void Cancel() => _source.Cancel();

    private bool TryChange(int state, int to) => Interlocked.CompareExchange(ref _state, (state & ~StateMask) | to, state) == state;

    private void Restrict(long due)
    {
        Volatile.Write(ref _totalDue, due);
        RingBy(due);
    }

    private void RenewToken()
    {
        _source = new CancellationTokenSource();
        Interlocked.MemoryBarrier();
        if (_clock.Stopping.IsCancellationRequested) _source.Cancel(); // who cancels may have met the one before
    }
}
