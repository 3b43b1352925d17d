namespace RequestsAsync.Samples;

/// <summary>The steps that are ready to run, and the one thread that runs them.</summary>
internal sealed class LoopContext : SynchronizationContext, IDisposable
{
    private readonly Queue<(SendOrPostCallback Step, object? State)> _ready = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _tasks;
    private bool _isClosed;

    /// <summary>Takes the token out at once, since it outlives its source in tasks that go on after the end.</summary>
    public LoopContext() => Stopping = _stopping.Token;

    /// <summary>Cancelled when the main function has ended.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Runs the main function to its end, then the tasks that are left to theirs.</summary>
    public void Run(Func<Task> main)
    {
        Task running = StartAsync(main);
        while (!running.IsCompleted) RunNext();
        _stopping.Cancel();
        while (_tasks > 0) RunNext();
        running.GetAwaiter().GetResult(); // it has ended: this throws what it threw
    }

    /// <summary>Starts a function at the loop's next turn.</summary>
    public async Task StartAsync(Func<Task> function)
    {
        _tasks++; // only the loop's thread counts: every await here comes back to it
        try
        {
            await Task.Yield();
            Stopping.ThrowIfCancellationRequested();
            await function();
        }
        finally
        {
            _tasks--;
        }
    }

    /// <summary>Puts a step in the queue; after the end of the loop, the thread pool runs it.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_ready)
        {
            if (!_isClosed)
            {
                _ready.Enqueue((d, state));
                Monitor.Pulse(_ready);
                return;
            }
        }

        base.Post(d, state);
    }

    /// <summary>Refused: a thread that waits for the loop is what the loop is there to avoid.</summary>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Send blocks its caller until the loop has run the step. Use Post.");

    /// <summary>There is one loop, whoever asks for another.</summary>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Ends the loop. Steps that nobody waited for are left to the thread pool.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        lock (_ready)
        {
            _isClosed = true;
        }

        while (_ready.TryDequeue(out (SendOrPostCallback Step, object? State) left)) base.Post(left.Step, left.State);
        _stopping.Dispose();
    }

    private void RunNext()
    {
        (SendOrPostCallback Step, object? State) next;
        lock (_ready)
        {
            while (_ready.Count == 0) Monitor.Wait(_ready);
            next = _ready.Dequeue();
        }

        next.Step(next.State);
    }
}
