namespace RequestsAsync;

/// <summary>One sleep: a timer of the loop's heap and the task that is awaited, in one.</summary>
/// <remarks>
/// It ends in a step of its own, in which the sleeper goes on. Until that step a cancellation is in time, as in asyncio, though the time was over already.
/// </remarks>
internal sealed class LoopSleep(EventLoop loop, LoopTask? sleeper) : TaskCompletionSource, ILoopTimer
{
    public static readonly SendOrPostCallback End = static sleep => ((LoopSleep)sleep!).EndOnLoop();

    private static readonly Action<object?, CancellationToken> Cancelled = static (sleep, token) => ((LoopSleep)sleep!).Cancel(token);

    private CancellationTokenRegistration _byTask;
    private CancellationTokenRegistration _byCaller;
    private CancellationToken _cancelledBy;

    int ILoopTimer.HeapIndex { get; set; } = -1;

    /// <summary>Whose sleep it is.</summary>
    public LoopTask? Sleeper => sleeper;

    /// <summary>Ends early when one of the two is cancelled. To be called when the timer stands: a token may be cancelled already.</summary>
    public void Watch(CancellationToken task, CancellationToken caller)
    {
        _byTask = task.UnsafeRegister(Cancelled, this);
        _byCaller = caller.UnsafeRegister(Cancelled, this);
    }

    void ILoopTimer.Elapse() => loop.Post(End, this);

    /// <summary>Ends the sleep for good, from any thread.</summary>
    /// <param name="token">The reason, a cancelled token.</param>
    public void Cancel(CancellationToken token)
    {
        _cancelledBy = token;
        loop.Post(End, this);
    }

    private void EndOnLoop()
    {
        _byTask.Unregister();
        _byCaller.Unregister();
        loop.Timers.Remove(this);
        if (_cancelledBy.IsCancellationRequested)
            TrySetCanceled(_cancelledBy);
        else
            TrySetResult();
    }
}
