namespace RequestsAsync.Tests;

/// <summary>A <see cref="ManualTime"/> that knows how many of its timers are under way.</summary>
internal sealed class WatchedTime : TimeProvider
{
    private readonly ManualTime _time = new();
    private int _timers;

    public int Timers => Volatile.Read(ref _timers);

    public override long TimestampFrequency => _time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public override long GetTimestamp() => _time.GetTimestamp();

    public void Advance(TimeSpan time) => _time.Advance(time);

    /// <summary>Waits until so many timers are under way: whoever sets one does it on a thread of his own.</summary>
    public Task UntilTimersAsync(int count) => Eventually.TrueAsync(() => Timers == count);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new WatchedTimer(this, callback, state, dueTime, period);

    // Once only: it is under way until it fires or is disposed.
    private sealed class WatchedTimer : ITimer
    {
        private readonly WatchedTime _time;
        private readonly ITimer _timer;
        private int _isOver;

        public WatchedTimer(WatchedTime time, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _time = time;
            _timer = time._time.CreateTimer(Fire, state, dueTime, period);
            Interlocked.Increment(ref time._timers); // now that turning the clock reaches it

            void Fire(object? argument)
            {
                End();
                callback(argument);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
            _timer.Dispose();
            End();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0) Interlocked.Decrement(ref _time._timers);
        }
    }
}
