namespace RequestsAsync.Bulk;

/// <summary>A call that changes a job and gives something back.</summary>
internal abstract class Operation<T>(CancellationToken cancellationToken) : Operation
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<T> Task => _done.Task;

    protected T Result { get; set; } = default!;

    internal override void Succeed() => _done.TrySetResult(Result);

    internal override void Fail(Exception exception) => _done.TrySetException(exception);

    // Once it was prepared it goes through: nobody could tell from a cancelled call what became of it.
    internal override bool IsCancelled() => cancellationToken.IsCancellationRequested && _done.TrySetCanceled(cancellationToken);
}
