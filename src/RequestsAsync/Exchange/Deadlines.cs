namespace RequestsAsync;

/// <summary>The deadlines of a session's calls, and the one clock that they share.</summary>
/// <remarks>A deadline that is free stays in the list, so that starting it again costs nothing; when the clock rings, it looks at all.</remarks>
internal sealed class Deadlines
{
    private const int MaxFree = 1024;

    private readonly Lock _gate = new(); // of the list and the timer
    private readonly Spares<Deadline> _free = new(MaxFree);
    private readonly List<Deadline> _all = [];
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private readonly double _stampsPerTick;
    private ITimer? _timer;
    private long _rings = Deadline.Never; // when the timer will ring
    private bool _isClosed;

    /// <param name="time">The session's clock.</param>
    /// <param name="stopping">Cancelled when the session is disposed.</param>
    public Deadlines(TimeProvider time, CancellationToken stopping)
    {
        _time = time;
        _stopping = stopping;
        _stampsPerTick = time.TimestampFrequency / (double)TimeSpan.TicksPerSecond;
        stopping.UnsafeRegister(static deadlines => ((Deadlines)deadlines!).Close(), this);
    }

    public TimeProvider Time => _time;

    public CancellationToken Stopping => _stopping;

    /// <summary>A deadline that has started.</summary>
    /// <inheritdoc cref="Deadline.Start" path="/param"/>
    public Deadline Start(PhaseLimits limits, TimeSpan total, bool keepsToken, long now, CancellationToken caller)
    {
        Deadline deadline = _free.Take() ?? Add(new Deadline(this, limits));
        deadline.Start(limits, total, keepsToken, now, caller);
        return deadline;
    }

    /// <summary>Takes back one that has stopped and may serve again.</summary>
    public void Keep(Deadline deadline)
    {
        if (_isClosed || !_free.TryKeep(deadline)) Forget(deadline);
    }

    /// <summary>One serves no more.</summary>
    public void Forget(Deadline deadline)
    {
        lock (_gate)
        {
            Deadline last = _all[^1];
            _all[deadline.Index] = last;
            last.Index = deadline.Index;
            _all.RemoveAt(_all.Count - 1);
        }
    }

    /// <summary>The timestamp so long after another.</summary>
    public long After(TimeSpan limit, long now) => now + (long)(limit.Ticks * _stampsPerTick);

    /// <summary>How long it is until a timestamp; nothing when it is past.</summary>
    public TimeSpan Until(long due) => TimeSpan.FromTicks((long)Math.Max(0, (due - _time.GetTimestamp()) / _stampsPerTick));

    /// <summary>Sees to it that the clock rings by then.</summary>
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

    // Ends all calls that are under way: the session is disposed.
    private void Close()
    {
        Deadline[] all;
        lock (_gate)
        {
            _isClosed = true;
            _timer?.Dispose();
            all = [.. _all];
        }

        List<Exception> failures = [];
        foreach (Deadline deadline in all)
        {
            try
            {
                deadline.Cancel();
            }
            catch (AggregateException e)
            {
                failures.AddRange(e.InnerExceptions); // of callbacks that somebody has registered; the other calls end all the same
            }
        }

        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private Deadline Add(Deadline deadline)
    {
        lock (_gate)
        {
            deadline.Index = _all.Count;
            _all.Add(deadline);
        }

        if (_stopping.IsCancellationRequested) deadline.Cancel(); // closing may not have met it
        return deadline;
    }

    private void RingAt(long due)
    {
        if (due >= _rings || _isClosed) return;

        _rings = due;
        _timer ??= CreateTimer();
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Until(due).TotalMilliseconds)), Timeouts.Infinite); // it knows whole ones, and must not ring before
    }

    // A timer keeps the flow in which it was made, with all that its maker has in it, and this one outlives the call.
    private ITimer CreateTimer()
    {
        bool flows = !ExecutionContext.IsFlowSuppressed();
        if (flows) ExecutionContext.SuppressFlow();
        try
        {
            return _time.CreateTimer(static deadlines => ((Deadlines)deadlines!).Ring(), this, Timeouts.Infinite, Timeouts.Infinite);
        }
        finally
        {
            if (flows) ExecutionContext.RestoreFlow();
        }
    }

    private void Ring()
    {
        List<Deadline> passed = [];
        long now;
        lock (_gate)
        {
            _rings = Deadline.Never;
            Interlocked.MemoryBarrier(); // as in RingBy
            now = _time.GetTimestamp();
            long next = Deadline.Never;
            foreach (Deadline deadline in _all)
            {
                long due = deadline.Due;
                if (due <= now) passed.Add(deadline);
                else next = Math.Min(next, due);
            }

            RingAt(next);
        }

        foreach (Deadline deadline in passed)
            deadline.Check(now);
    }
}
