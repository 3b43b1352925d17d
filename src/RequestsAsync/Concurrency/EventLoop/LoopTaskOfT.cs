namespace RequestsAsync;

/// <summary>A function with a result that runs on an event loop beside others (<c>asyncio.Task</c>). Made by <c>EventLoop.CreateTask</c>.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <inheritdoc cref="LoopTask" path="/remarks"/>
public sealed class LoopTask<T> : LoopTask
{
    // Continuations come as steps of their own: in asyncio's order, and without a stack that grows with every task that waits for another.
    private readonly TaskCompletionSource<T> _promise;

    internal LoopTask(EventLoop loop, Delegate function, string? name, CallSite site)
        : base(loop, function, name, site) =>
        _promise = new(this, TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc cref="LoopTask.Task"/>
    public new Task<T> Task
    {
        get
        {
            MarkRetrieved();
            return _promise.Task;
        }
    }

    internal override Task Promise => _promise.Task;

    /// <inheritdoc cref="LoopTask.GetAwaiter"/>
    public new LoopTaskAwaiter<T> GetAwaiter()
    {
        MarkRetrieved();
        return new(_promise.Task, Tie());
    }

    private protected override void SetResult(Task ended)
    {
        if (ended is Task<T> withResult)
            _promise.SetFromTask(withResult);
        else if (ended.IsCompletedSuccessfully)
            _promise.SetResult(default!); // a function without a result: T is Nothing
        else if (ended.Exception is { } failure)
            _promise.SetException(failure.InnerExceptions);
        else
            SetCanceled(CancellationToken);
    }

    private protected override void SetCanceled(CancellationToken token) => _promise.SetCanceled(token);

    private protected override Task FromException(Exception exception) => System.Threading.Tasks.Task.FromException<T>(exception);
}
