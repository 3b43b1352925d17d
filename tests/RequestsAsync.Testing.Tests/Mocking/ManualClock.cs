namespace RequestsAsync.Testing.Tests;

/// <summary>A clock that moves when told to; its timers can be set again, as a session's are.</summary>
internal sealed class ManualClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, () => callback(state));
        lock (_lock) _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Advance(double seconds)
    {
        Timer[] due;
        lock (_lock)
        {
            _now += TimeSpan.FromSeconds(seconds);
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            foreach (Timer timer in due) timer.Due = null;
        }

        foreach (Timer timer in due) timer.Fire();
    }

    /// <summary>Moves on, so far at most, as soon as a timer is due within that.</summary>
    internal async Task AdvanceToTimerAsync(double seconds)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
                if (_timers.Any(timer => timer.Due <= _now + TimeSpan.FromSeconds(seconds))) break;
            }

            await changed.WaitAsync(Patience);
        }

        Advance(seconds);
    }

    private sealed class Timer(ManualClock clock, Action fire) : ITimer
    {
        internal DateTimeOffset? Due { get; set; }

        internal void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            TaskCompletionSource changed;
            lock (clock._lock)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                changed = clock._changed;
                clock._changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            changed.SetResult();
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
