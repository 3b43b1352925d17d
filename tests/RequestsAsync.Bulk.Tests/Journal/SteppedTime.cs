namespace RequestsAsync.Bulk.Tests;

/// <summary>A clock that a test turns by hand: the monotonic time, and the time on the wall, which may jump on its own.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<StepTimer> _timers = [];
    private long _ticks = TimeSpan.TicksPerDay;
    private DateTimeOffset _wall = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _wall;
    }

    public void Advance(TimeSpan time)
    {
        StepTimer[] due;
        lock (_gate)
        {
            Volatile.Write(ref _ticks, _ticks + time.Ticks);
            _wall += time;
            due = [.. _timers.Where(timer => timer.Due <= _ticks)];
            foreach (StepTimer timer in due) _timers.Remove(timer);
        }

        foreach (StepTimer timer in due) timer.Fire();
    }

    /// <summary>Somebody sets the clock on the wall.</summary>
    public void JumpWall(TimeSpan time)
    {
        lock (_gate) _wall += time;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        StepTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class StepTimer(SteppedTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time._ticks + dueTime.Ticks;
                time._timers.Add(this);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
