namespace RequestsAsync;

/// <summary>A call that was asked for with <c>CallSoon</c>, <c>CallLater</c> or <c>CallAt</c>, and can be called off until it begins (<c>asyncio.Handle</c>).</summary>
public sealed class LoopHandle : ILoopTimer
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Cancelled = 2;

    internal static readonly SendOrPostCallback Run = static handle => ((LoopHandle)handle!).Invoke();

    private static readonly SendOrPostCallback Leave = static handle => ((LoopHandle)handle!).RemoveTimer();
    private static readonly ContextCallback InContext = static action => ((Action)action!)();

    private readonly EventLoop _loop;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private int _state;

    internal LoopHandle(EventLoop loop, Action action, CallSite site)
    {
        _loop = loop;
        Action = action;
        Site = site;
    }

    /// <summary>Whether it was called off in time.</summary>
    public bool IsCancelled => Volatile.Read(ref _state) == Cancelled;

    int ILoopTimer.HeapIndex { get; set; } = -1;

    internal Action Action { get; }

    internal CallSite Site { get; }

    /// <summary>Calls it off. From any thread; nothing happens when it has begun already.</summary>
    public void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) != Waiting) return;
        if (_loop.IsOnThread)
            RemoveTimer();
        else
            _loop.Post(Leave, this);
    }

    void ILoopTimer.Elapse() => _loop.Post(Run, this);

    private void Invoke()
    {
        if (Interlocked.CompareExchange(ref _state, Begun, Waiting) != Waiting) return;
        if (_context is null)
            Action();
        else
            ExecutionContext.Run(_context, InContext, Action);
    }

    private void RemoveTimer() => _loop.Timers.Remove(this);
}
