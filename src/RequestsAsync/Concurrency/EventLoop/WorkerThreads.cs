namespace RequestsAsync;

/// <summary>A bounded number of threads for blocking calls, made when there is work for them and let go when there has been none for a while.</summary>
/// <param name="most">How many threads at most.</param>
/// <param name="rest">How long a thread waits for more work before it ends.</param>
internal sealed class WorkerThreads(int most, TimeSpan rest)
{
    private readonly object _gate = new(); // a monitor: idle threads wait on it
    private readonly Queue<IThreadCall> _calls = new();
    private int _threads;
    private int _idle;

    /// <summary>Those of the process: asyncio's default executor has as many.</summary>
    public static WorkerThreads Shared { get; } = new(Math.Min(32, Environment.ProcessorCount + 4), TimeSpan.FromSeconds(20));

    /// <summary>How many threads there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _threads;
            }
        }
    }

    public void Add(IThreadCall call)
    {
        lock (_gate)
        {
            _calls.Enqueue(call);
            if (_calls.Count <= _idle)
            {
                Monitor.Pulse(_gate);
                return;
            }

            if (_threads == most) return;
            _threads++;
        }

        new Thread(Work) { IsBackground = true, Name = "EventLoop.ToThread" }.UnsafeStart(); // each call brings its own context
    }

    private void Work()
    {
        while (TryTake(out IThreadCall? call)) call.Run();
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IThreadCall? call)
    {
        lock (_gate)
        {
            while (!_calls.TryDequeue(out call))
            {
                _idle++;
                bool isCalled = Monitor.Wait(_gate, rest);
                _idle--;
                if (isCalled || _calls.Count > 0) continue;
                _threads--;
                return false;
            }

            return true;
        }
    }
}
