namespace RequestsAsync.Testing.Tests;

/// <summary>A clock that moves when told to, and says how many timers wait on it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private TaskCompletionSource _changed = new();
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    internal int Waiting
    {
        get
        {
            lock (_lock) return _timers.Count;
        }
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _now;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), _now + dueTime);
        lock (_lock) _timers.Add(timer);
        Changed();
        return timer;
    }

    internal void Advance(TimeSpan time)
    {
        Timer[] due;
        lock (_lock)
        {
            _now += time;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            _timers.RemoveAll(timer => timer.Due <= _now);
        }

        foreach (Timer timer in due) timer.Fire();
    }

    /// <summary>Completes when so many timers wait.</summary>
    internal async Task UntilWaitingAsync(int count)
    {
        while (true)
        {
            Task changed = _changed.Task;
            if (Waiting == count) return;
            await changed.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private void Changed() => Interlocked.Exchange(ref _changed, new TaskCompletionSource()).TrySetResult();

    private sealed class Timer(ManualTime time, Action callback, TimeSpan due) : ITimer
    {
        internal TimeSpan Due => due;

        internal void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
            lock (time._lock) time._timers.Remove(this);
            time.Changed();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
