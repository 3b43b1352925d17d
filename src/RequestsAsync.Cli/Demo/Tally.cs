namespace RequestsAsync.Cli;

/// <summary>Counts, from any thread, the requests of one part of the demonstration and the threads that carried them.</summary>
internal sealed class Tally(IProgress<DemoProgress> progress, Ticker ticker)
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _threads = [];
    private int _completed;

    /// <summary>How many threads began or finished a request.</summary>
    public int Threads
    {
        get
        {
            lock (_gate)
            {
                return _threads.Count;
            }
        }
    }

    /// <summary>A request begins, on this thread.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _threads.Add(Environment.CurrentManagedThreadId);
        }
    }

    /// <summary>A request has ended, on this thread.</summary>
    public void End()
    {
        lock (_gate)
        {
            _threads.Add(Environment.CurrentManagedThreadId);
            progress.Report(new(++_completed, ticker.Ticks));
        }
    }
}
