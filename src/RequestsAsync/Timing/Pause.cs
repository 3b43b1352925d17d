namespace RequestsAsync;

/// <summary>Waits for a time by the session's clock, awaited or holding the thread.</summary>
internal static class Pause
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(24); // every timer and every wait of the runtime can hold it

    /// <summary>Over when the time is.</summary>
    /// <param name="time">How long, rounded up to whole milliseconds, the unit of timers. What is zero or negative is over at once.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="async">Whether to wait without holding the thread; otherwise what comes back is complete.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, before or meanwhile.</exception>
    public static async ValueTask WaitAsync(TimeSpan time, TimeProvider clock, bool async, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (TimeSpan left = time; left > TimeSpan.Zero; left -= LongestStep)
        {
            // Timers cut fractions of a millisecond off, and a wait that is cut to nothing would make its caller spin.
            TimeSpan step = left < LongestStep ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : LongestStep;
            if (async)
                await Task.Delay(step, clock, cancellationToken).ConfigureAwait(false);
            else
                Block(step, clock, cancellationToken);
        }
    }

    private static void Block(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Not disposed: a timer may still be setting it when this thread goes on, and without a handle it holds nothing.
        ManualResetEventSlim over = new(initialState: false, spinCount: 0);
        if (clock == TimeProvider.System)
        {
            over.Wait(time, cancellationToken); // the thread wakes by itself, also when no thread of the pool is free to run a timer
            return;
        }

        using ITimer timer = clock.CreateTimer(static over => ((ManualResetEventSlim)over!).Set(), over, time, Timeout.InfiniteTimeSpan);
        over.Wait(cancellationToken);
    }
}
