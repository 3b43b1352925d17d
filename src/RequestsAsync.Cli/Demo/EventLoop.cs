using System.Runtime.ExceptionServices;

namespace RequestsAsync.Cli;

/// <summary>One thread that runs every continuation of what is started on it, as Python's <c>asyncio.run</c> does.</summary>
internal sealed class EventLoop : SynchronizationContext
{
    private readonly object _gate = new(); // a monitor: the loop waits on it
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private bool _hasEnded;

    private EventLoop()
    {
    }

    /// <summary>Runs a program on this thread until it has ended; what it awaits goes on here too.</summary>
    public static void Run(Func<Task> main)
    {
        EventLoop loop = new();
        SynchronizationContext? before = Current;
        SetSynchronizationContext(loop);
        try
        {
            Task running = main();
            _ = running.ContinueWith(static (_, loop) => ((EventLoop)loop!).End(), loop, TaskScheduler.Default);
            loop.RunReady();
            if (running.Exception?.InnerException is { } failure) ExceptionDispatchInfo.Throw(failure);
            if (running.IsCanceled) throw new OperationCanceledException();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs a blocking call on another thread, while the loop goes on (<c>asyncio.to_thread</c>).</summary>
    public static Task<T> ToThreadAsync<T>(Func<T> call) => Task.Run(call);

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _ready.Enqueue((d, state));
            Monitor.Pulse(_gate);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("The loop's own thread cannot wait for itself. Post instead.");

    private void RunReady()
    {
        while (true)
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_gate)
            {
                while (_ready.Count == 0)
                {
                    if (_hasEnded) return;
                    Monitor.Wait(_gate);
                }

                next = _ready.Dequeue();
            }

            next.Callback(next.State);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Monitor.Pulse(_gate);
        }
    }
}
