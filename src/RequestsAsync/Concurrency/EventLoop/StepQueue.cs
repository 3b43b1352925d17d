using System.Diagnostics;

namespace RequestsAsync;

/// <summary>
/// What is ready to run. A step that the loop's own thread adds costs no lock; those of other threads lie in an inbox, which the loop empties once a turn.
/// </summary>
/// <remarks>
/// To wake a thread that sleeps takes longer than most answers of a server nearby. So a loop that was woken soon the last time looks for a moment
/// before it sleeps, as the threads of the pool do; one that has nothing to do for longer sleeps at once, and so does one that waits at its sockets: no thread
/// stands between them and it.
/// </remarks>
internal sealed class StepQueue
{
    private const int Looks = 60;

    private static readonly TimeSpan Soon = TimeSpan.FromMicroseconds(100);

    private readonly object _gate = new(); // a monitor: the loop waits on it
    private readonly Queue<LoopStep> _ready = new();
    private List<LoopStep> _inbox = [];
    private List<LoopStep> _emptied = [];
    private volatile bool _hasMail;
    private LoopPoller? _poller;
    private bool _isWaiting;
    private bool _wasWokenSoon;
    private bool _isClosed;

    /// <summary>How many steps are ready, those of the inbox not counted.</summary>
    public int Count => _ready.Count;

    /// <summary>Adds a step; only on the loop's thread.</summary>
    public void Add(LoopStep step) => _ready.Enqueue(step);

    /// <summary>Takes the next step; only on the loop's thread, and only while there is one.</summary>
    public LoopStep Take() => _ready.Dequeue();

    /// <summary>Adds a step from any thread.</summary>
    /// <returns>Whether it will be run: a loop that has ended takes nothing more.</returns>
    public bool TryPost(LoopStep step)
    {
        lock (_gate)
        {
            if (_isClosed) return false;
            _inbox.Add(step);
            WakeHeld();
            return true;
        }
    }

    /// <summary>Ends a <see cref="Wait"/> from any thread, though there is nothing to run.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            WakeHeld();
        }
    }

    /// <summary>Takes over what other threads have posted; only on the loop's thread.</summary>
    public void Collect()
    {
        if (!_hasMail) return;
        lock (_gate)
        {
            (_inbox, _emptied) = (_emptied, _inbox);
            _hasMail = false;
        }

        foreach (LoopStep step in _emptied)
            _ready.Enqueue(step);
        _emptied.Clear();
    }

    /// <summary>From now on the loop's thread waits at its sockets, where mail finds it too.</summary>
    public void WaitAt(LoopPoller poller)
    {
        lock (_gate)
        {
            _poller = poller;
            if (_isWaiting) Monitor.Pulse(_gate);
        }
    }

    /// <summary>Holds the loop's thread until another thread posts or wakes, a socket is ready, or the time is over.</summary>
    /// <param name="milliseconds">How long at most, or <see cref="Timeout.Infinite"/>.</param>
    /// <param name="found">What the sockets tell.</param>
    public void Wait(int milliseconds, List<PollEvent> found)
    {
        if (_wasWokenSoon && _poller is null && LookForMail()) return;

        long began = Stopwatch.GetTimestamp();
        LoopPoller? poller;
        lock (_gate)
        {
            if (_hasMail)
            {
                _wasWokenSoon = true;
                return;
            }

            _isWaiting = true;
            poller = _poller;
            if (poller is null)
            {
                Monitor.Wait(_gate, milliseconds);
                _isWaiting = false;
            }
        }

        if (poller is not null) WaitAtSockets(poller, milliseconds, found);
        _wasWokenSoon = Stopwatch.GetElapsedTime(began) < Soon;
    }

    private void WaitAtSockets(LoopPoller poller, int milliseconds, List<PollEvent> found)
    {
        try
        {
            poller.Look(found, milliseconds);
        }
        finally
        {
            lock (_gate)
            {
                _isWaiting = false;
            }
        }
    }

    private bool LookForMail()
    {
        for (int i = 0; i < Looks && !_hasMail; i++)
            Thread.Yield(); // whoever is to bring the mail may need this very core
        return _hasMail;
    }

    /// <summary>Takes no more steps.</summary>
    /// <returns>Those that were not run.</returns>
    public IEnumerable<LoopStep> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        Collect();
        return _ready;
    }

    private void WakeHeld()
    {
        _hasMail = true;
        if (!_isWaiting) return;
        if (_poller is null)
        {
            Monitor.Pulse(_gate);
            return;
        }

        _isWaiting = false; // once is enough
        _poller.Wake();
    }
}
