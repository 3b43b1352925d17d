using System.Runtime.CompilerServices;

namespace RequestsAsync;

// Several tasks.
public sealed partial class EventLoop
{
    /// <summary>Awaits tasks together and gives their results in their order (<c>asyncio.gather</c>).</summary>
    /// <typeparam name="T">The result of each.</typeparam>
    /// <param name="tasks">The tasks. When the one that awaits is cancelled, they all are.</param>
    /// <remarks>
    /// The first failure is thrown at once, while the others go on, and the failures after it are not reported; a <see cref="TaskGroup"/> cancels the others. For what
    /// <c>return_exceptions</c> does, await <see cref="System.Threading.Tasks.Task.WhenAll(Task[])"/>, which waits for all, and look at each.
    /// </remarks>
    /// <exception cref="OperationCanceledException">One of them was cancelled.</exception>
    public static async Task<T[]> GatherAsync<T>(params IEnumerable<LoopTask<T>> tasks)
    {
        LoopTask<T>[] all = [.. tasks];
        await GatherTied(all).ConfigureAwait(true);
        T[] results = new T[all.Length];
        for (int i = 0; i < all.Length; i++)
            results[i] = await all[i];
        return results;
    }

    /// <inheritdoc cref="GatherAsync{T}(IEnumerable{LoopTask{T}})" path="/summary|/param|/remarks|/exception"/>
    public static Task GatherAsync(params IEnumerable<LoopTask> tasks) => GatherTied([.. tasks]);

    /// <summary>Awaits plain .NET tasks together and gives their results in their order (<c>asyncio.gather</c>).</summary>
    /// <typeparam name="T">The result of each.</typeparam>
    /// <param name="tasks">The tasks. They cannot be cancelled from here: when the one that awaits is cancelled, they go on.</param>
    /// <remarks>The first failure is thrown at once; <see cref="System.Threading.Tasks.Task.WhenAll(Task[])"/> waits for all before it throws.</remarks>
    /// <exception cref="OperationCanceledException">One of them was cancelled, or the task that awaits.</exception>
    public static async Task<T[]> GatherAsync<T>(params IEnumerable<Task<T>> tasks)
    {
        Task<T>[] all = [.. tasks];
        await FirstFailureOrAll(all).WaitAsync(CancellationToken).ConfigureAwait(true);
        return await Task.WhenAll(all).ConfigureAwait(true);
    }

    /// <inheritdoc cref="GatherAsync{T}(IEnumerable{Task{T}})" path="/summary|/param|/remarks|/exception"/>
    public static Task GatherAsync(params IEnumerable<Task> tasks) => FirstFailureOrAll([.. tasks]).WaitAsync(CancellationToken);

    /// <summary>Gives tasks out as they end (<c>asyncio.as_completed</c>); each is complete, and awaiting it gives its result or throws.</summary>
    /// <typeparam name="TTask">Their type.</typeparam>
    /// <param name="tasks">The tasks. They are not cancelled when the one that awaits is.</param>
    /// <param name="cancellationToken">Ends the enumeration; so does the cancellation of the task that awaits.</param>
    /// <remarks>For plain .NET tasks there is <see cref="System.Threading.Tasks.Task.WhenEach(Task[])"/>, on which this stands.</remarks>
    /// <exception cref="OperationCanceledException">The token, or the task that awaits.</exception>
    public static async IAsyncEnumerable<TTask> AsCompletedAsync<TTask>(IEnumerable<TTask> tasks, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TTask : LoopTask
    {
        ArgumentNullException.ThrowIfNull(tasks);
        using LinkedToken token = LinkedToken.WithTask(cancellationToken);
        await foreach (Task ended in Task.WhenEach(tasks.Select(static task => task.Promise)).WithCancellation(token.Token).ConfigureAwait(true))
            yield return (TTask)ended.AsyncState!;
    }

    /// <summary>Waits until some or all of the tasks have ended, or the time is over (<c>asyncio.wait</c>). It throws for none of them, and cancels none.</summary>
    /// <typeparam name="TTask">Their type.</typeparam>
    /// <param name="tasks">The tasks.</param>
    /// <param name="until">What to wait for.</param>
    /// <param name="timeout">How long at most; <see langword="null"/> for no limit. That it is over is no exception: some are pending then.</param>
    /// <param name="cancellationToken">Ends the waiting; so does the cancellation of the task that waits.</param>
    /// <returns>Those that have ended, and those that have not.</returns>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    /// <exception cref="OperationCanceledException">The token, or the task that waits.</exception>
    public static async Task<(IReadOnlySet<TTask> Done, IReadOnlySet<TTask> Pending)> WaitAsync<TTask>(
        IEnumerable<TTask> tasks, WaitUntil until = WaitUntil.AllCompleted, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
        where TTask : LoopTask
    {
        ArgumentNullException.ThrowIfNull(tasks);
        EventLoop loop = Required();
        HashSet<TTask> pending = [.. tasks];
        Task[] all = [.. pending.Select(static task => task.Promise)];
        Task waiting = until switch
        {
            _ when all.Length == 0 => Task.CompletedTask,
            WaitUntil.FirstCompleted => Task.WhenAny(all),
            WaitUntil.FirstException => FirstFaultOrAll(all),
            _ => Task.WhenAll(all),
        };

        using (LinkedToken token = LinkedToken.WithTask(cancellationToken))
        {
            await waiting.WaitAsync(timeout ?? Timeout.InfiniteTimeSpan, loop.TimeProvider, token.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            token.Token.ThrowIfCancellationRequested();
        }

        HashSet<TTask> done = [.. pending.Where(static task => task.IsCompleted)];
        pending.ExceptWith(done);
        return (done, pending);
    }

    private static async Task GatherTied(LoopTask[] tasks)
    {
        Task[] promises = new Task[tasks.Length];
        for (int i = 0; i < tasks.Length; i++)
        {
            tasks[i].MarkRetrieved();
            promises[i] = tasks[i].Promise;
        }

        using (CancellationToken.UnsafeRegister(static tasks => Array.ForEach((LoopTask[])tasks!, static task => task.CancelAmongOthers()), tasks))
            await FirstFailureOrAll(promises).ConfigureAwait(true);
    }

    private static async Task FirstFailureOrAll(Task[] tasks)
    {
        await foreach (Task ended in Task.WhenEach(tasks).ConfigureAwait(true))
            await ended.ConfigureAwait(true);
    }

    private static async Task FirstFaultOrAll(Task[] tasks)
    {
        await foreach (Task ended in Task.WhenEach(tasks).ConfigureAwait(true))
        {
            if (ended.IsFaulted) return;
        }
    }
}
