namespace RequestsAsync;

/// <summary>Looks at a loop's connections while a step holds the loop, so that the answers to others, and those that the step itself waits for, still come.</summary>
/// <remarks>Without it a task that is waited for by blocking the loop's thread, which is a mistake, would be one that never ends. What it completes goes on on the thread pool.</remarks>
internal sealed class LoopStandIn : IDisposable
{
    private const int LookMilliseconds = 5;
    private const int Patience = 20; // ms

    private readonly LoopPoller _poller;
    private readonly FoundEvents _told;
    private readonly Timer _timer;
    private int _seen;
    private int _isChecking;
    private volatile bool _isArmed;
    private volatile bool _isDisposed;

    /// <summary>Makes it; it begins with <see cref="Watch"/>.</summary>
    /// <param name="poller">What the loop looks at.</param>
    /// <param name="told">What the loop has seen and may not have passed on.</param>
    public LoopStandIn(LoopPoller poller, FoundEvents told)
    {
        _poller = poller;
        _told = told;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow()) // it is nobody's in particular
            _timer = new Timer(static standIn => ((LoopStandIn)standIn!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The loop begins to work.</summary>
    public void Watch()
    {
        Interlocked.MemoryBarrier(); // either this sees that the timer rests, or the timer sees that the loop does not
        if (!_isArmed) Arm(Patience);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    private void Arm(int milliseconds)
    {
        _isArmed = true;
        try
        {
            _timer.Change(milliseconds, Timeout.Infinite);
        }
        catch (ObjectDisposedException)
        {
            // the loop has ended at this very moment
        }
    }

    private void Check()
    {
        // The loop may have armed the timer while this still stood in for it.
        if (_isDisposed || Interlocked.Exchange(ref _isChecking, 1) != 0) return;
        int next = LookAfter();
        Interlocked.Exchange(ref _isChecking, 0);
        if (next == Timeout.Infinite && _isArmed) next = Patience; // meanwhile, by a turn whose check found this one under way
        if (next != Timeout.Infinite) Arm(next);
    }

    // Gives when to look after it again.
    private int LookAfter()
    {
        if (_poller.IsResting)
        {
            _isArmed = false; // the next turn arms it again
            Interlocked.MemoryBarrier();
            if (_poller.IsResting) return Timeout.Infinite;
        }

        int looks = _poller.Looks;
        bool rings = looks == _seen && StandIn(looks);
        _seen = _poller.Looks;
        return rings ? LookMilliseconds : Patience;
    }

    // Until the loop looks itself, or its alarm rings: then no look would wait, and the next is the timer's.
    private bool StandIn(int looks)
    {
        List<PollEvent> found = [];
        bool rings = false;
        try
        {
            while (!rings && _poller.Looks == looks && !_isDisposed)
            {
                while (_told.TryTake(out PollEvent one))
                    one.Stream.Note(one.Events, isStandIn: true);

                rings = _poller.StandIn(found, LookMilliseconds);
                foreach (PollEvent one in found)
                    one.Stream.Note(one.Events, isStandIn: true);
            }
        }
        catch (ObjectDisposedException)
        {
            // the loop has ended meanwhile, and its connections wait elsewhere
        }

        return rings;
    }
}
