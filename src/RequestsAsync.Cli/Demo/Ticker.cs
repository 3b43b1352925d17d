namespace RequestsAsync.Cli;

/// <summary>The background task of the lesson: it ticks every ten milliseconds, for as long as it is let.</summary>
internal sealed class Ticker
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Task _running;
    private long _last;
    private TimeSpan _longestSilence;
    private int _ticks;
    private volatile bool _isStopping;

    private Ticker(bool onThisLoop)
    {
        _last = _time.GetTimestamp();
        _running = TickAsync(onThisLoop);
    }

    /// <summary>How often it has ticked so far.</summary>
    public int Ticks => Volatile.Read(ref _ticks);

    /// <summary>The longest time without a tick; known when it has stopped.</summary>
    public TimeSpan LongestSilence => _longestSilence;

    /// <summary>Starts to tick on the thread pool.</summary>
    public static Ticker StartOnPool() => new(onThisLoop: false);

    /// <summary>Starts to tick on the loop that this code runs on.</summary>
    public static Ticker StartOnThisLoop() => new(onThisLoop: true);

    /// <summary>Counts no more, and waits until the task has ended.</summary>
    /// <returns>How often it ticked until it was told to stop.</returns>
    public async Task<int> StopAsync()
    {
        int ticks = Ticks;
        _isStopping = true;
        await _running.ConfigureAwait(false);
        return ticks;
    }

    private async Task TickAsync(bool onThisLoop)
    {
        while (!_isStopping)
        {
            await Task.Delay(Interval).ConfigureAwait(continueOnCapturedContext: onThisLoop);
            TimeSpan silence = _time.GetElapsedTime(_last);
            _last = _time.GetTimestamp();
            if (silence > _longestSilence) _longestSilence = silence;
            Interlocked.Increment(ref _ticks);
        }
    }
}
