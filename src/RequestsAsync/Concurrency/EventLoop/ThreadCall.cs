namespace RequestsAsync;

/// <summary>A call on another thread, and the task that its caller awaits, in one.</summary>
internal sealed class ThreadCall<T>(Func<T> call) : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IThreadCall
{
    private static readonly Action<object?, CancellationToken> Cancelled = static (call, token) => ((ThreadCall<T>)call!).TrySetCanceled(token);
    private static readonly ContextCallback InContext = static call => ((ThreadCall<T>)call!).Invoke();

    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private CancellationTokenRegistration _byTask;
    private CancellationTokenRegistration _byCaller;

    /// <summary>Ends the waiting when one of the two is cancelled.</summary>
    public void Watch(CancellationToken task, CancellationToken caller)
    {
        _byTask = task.UnsafeRegister(Cancelled, this);
        _byCaller = caller.UnsafeRegister(Cancelled, this);
    }

    public void Run()
    {
        if (Task.IsCompleted)
        {
            // cancelled while it waited for a thread
        }
        else if (_context is null)
        {
            Invoke();
        }
        else
        {
            ExecutionContext.Run(_context, InContext, this);
        }

        _byTask.Unregister();
        _byCaller.Unregister();
    }

    private void Invoke()
    {
        try
        {
            TrySetResult(call());
        }
        catch (OperationCanceledException e) when (e.CancellationToken.IsCancellationRequested)
        {
            TrySetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            TrySetException(e);
        }
    }
}
