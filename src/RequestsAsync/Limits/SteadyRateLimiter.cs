using System.Threading.RateLimiting;

namespace RequestsAsync;

/// <summary>Grants so many permits per second on an exact schedule, and lets those who come too early wait in line.</summary>
/// <remarks>
/// The generic cell rate algorithm (ITU-T I.371): a token bucket that is a single number, the time at which it will be full again. The first in line
/// waits for the clock and the others wait for him. A permit is taken only when its time has come, so those who give up leave nothing behind; and where
/// nobody waits there is no timer.
/// </remarks>
internal sealed class SteadyRateLimiter(double perSecond, int burst, TimeProvider time) : RateLimiter
{
    // A waiter's timer is late by about a tick of the system. Up to this it does not shift the permits after it, or the rate would never be reached.
    private static readonly long Lateness = TimeSpan.FromMilliseconds(20).Ticks;

    private readonly Lock _gate = new();
    private readonly ConnectionLimiter _line = new(max: 1, perHost: null);
    private readonly double _interval = Math.Min(TimeSpan.TicksPerSecond / perSecond, TimeSpan.MaxValue.Ticks); // finite, to be reckoned with
    private readonly long _started = time.GetTimestamp();
    private double _fullAt;
    private int _queued;
    private long _granted;
    private long _refused;

    /// <summary>How long the bucket has been full with nobody in line; <see langword="null"/> when it is not so. An idle limiter is as good as a new one.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                double idle = Now - _fullAt;
                return _queued == 0 && idle >= 0 ? TimeSpan.FromTicks((long)idle) : null;
            }
        }
    }

    private double Now => time.GetElapsedTime(_started).Ticks;

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_gate)
        {
            double missing = Math.Max(0, _fullAt - Now);
            return new()
            {
                CurrentAvailablePermits = missing > 0 ? (long)(burst - (missing / _interval)) : burst,
                CurrentQueuedCount = _queued,
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _refused,
            };
        }
    }

    /// <summary>Takes the permits if they are there and nobody waits; otherwise stands in line, and <see cref="WaitAsync"/> must follow.</summary>
    public bool TryAcquireOrQueue(int permits)
    {
        lock (_gate)
        {
            if (_queued == 0 && TryTake(permits, tolerance: 0, out _)) return true;
            _queued++;
            return false;
        }
    }

    /// <summary>Waits for the permits of one who stands in line.</summary>
    /// <param name="permits">As many as were asked for.</param>
    /// <param name="async">Whether to wait without holding the thread; otherwise what comes back is complete.</param>
    /// <param name="cancellationToken">Ends the waiting; those behind move up.</param>
    public async ValueTask<RateLimitLease> WaitAsync(int permits, bool async, CancellationToken cancellationToken)
    {
        try
        {
            await _line.EnterAsync("", async, cancellationToken).ConfigureAwait(false);
            try
            {
                while (!TryTakeAsFirst(permits, out TimeSpan wait))
                    await Pause.WaitAsync(wait, time, async, cancellationToken).ConfigureAwait(false);
                return SteadyLease.Granted;
            }
            finally
            {
                _line.Leave("");
            }
        }
        finally
        {
            lock (_gate)
            {
                _queued--;
            }
        }
    }

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        CheckCount(permitCount);
        lock (_gate)
        {
            TimeSpan wait = TimeSpan.Zero;
            if (_queued == 0 && TryTake(permitCount, tolerance: 0, out wait)) return SteadyLease.Granted;
            _refused++;
            return new SteadyLease(wait);
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        CheckCount(permitCount);
        return TryAcquireOrQueue(permitCount) ? new(SteadyLease.Granted) : WaitAsync(permitCount, async: true, cancellationToken);
    }

    private void CheckCount(int permits)
    {
        if (permits > burst) throw new ArgumentOutOfRangeException(nameof(permits), permits, $"There are never more than {burst} permits at once.");
    }

    private bool TryTakeAsFirst(int permits, out TimeSpan wait)
    {
        lock (_gate)
        {
            return TryTake(permits, Lateness, out wait);
        }
    }

    // Asking for no permits asks whether there is one.
    private bool TryTake(int permits, long tolerance, out TimeSpan wait)
    {
        double now = Now;
        double due = _fullAt - ((burst - Math.Max(permits, 1)) * _interval);
        if (due > now)
        {
            wait = TimeSpan.FromTicks((long)Math.Ceiling(due - now)); // a time that no TimeSpan holds becomes the longest
            return false;
        }

        _fullAt = Math.Max(_fullAt, now - tolerance) + (permits * _interval);
        _granted++;
        wait = TimeSpan.Zero;
        return true;
    }
}
