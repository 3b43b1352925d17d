namespace RequestsAsync;

/// <summary>
/// The blocking verbs run the same code as the awaited ones, told to use blocking calls at every point where it could wait. What comes
/// back is complete already; this is the one place that takes it out, and it never waits.
/// </summary>
internal static class Blocking
{
    /// <summary>
    /// Holds the thread until a task is complete, on whatever thread it becomes so. For what has no blocking way of its own, name resolution for example,
    /// and needs no thread of the caller's to go on.
    /// </summary>
    public static void Hold(Task task) => HoldUntil(task, CancellationToken.None);

    /// <summary>Holds the thread until a task is complete or a token is cancelled, whichever comes first.</summary>
    public static void HoldUntil(Task task, CancellationToken cancellationToken)
    {
        if (task.IsCompleted) return;

        ManualResetEventSlim done = new(initialState: false, spinCount: 0);
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(done.Set);
        using (cancellationToken.UnsafeRegister(static done => ((ManualResetEventSlim)done!).Set(), done)) done.Wait(CancellationToken.None);
    }

#pragma warning disable RS0030 // complete: nothing is waited for
    /// <summary>The result of an operation that ran to its end on this thread.</summary>
    /// <exception cref="InvalidOperationException">It did not: a bug of this library, since nothing may be awaited on the blocking path.</exception>
    public static T Complete<T>(ValueTask<T> operation)
    {
        if (!operation.IsCompleted) throw new InvalidOperationException("A blocking call went asynchronous.");
        return operation.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Complete{T}(ValueTask{T})"/>
    public static void Complete(ValueTask operation)
    {
        if (!operation.IsCompleted) throw new InvalidOperationException("A blocking call went asynchronous.");
        operation.GetAwaiter().GetResult();
    }
#pragma warning restore RS0030
}
