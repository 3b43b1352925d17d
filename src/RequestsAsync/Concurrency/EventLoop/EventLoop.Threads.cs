namespace RequestsAsync;

// Blocking calls.
public sealed partial class EventLoop
{
    /// <summary>Runs a blocking call on another thread while the caller awaits it (<c>asyncio.to_thread</c>). It works without a loop too.</summary>
    /// <typeparam name="T">What the call returns.</typeparam>
    /// <param name="call">The call. <c>AsyncLocal</c> values, <see cref="CurrentTask"/> and <see cref="CancellationToken"/> are in it what they are outside.</param>
    /// <param name="cancellationToken">
    /// Ends the waiting; so does the cancellation of the task that awaits. A call that has not begun never will; one that runs goes on, and what becomes of it
    /// is not heard: give it the token if it can end early.
    /// </param>
    /// <remarks>
    /// The threads are this class's own, at most <c>min(32, cores + 4)</c> for the process, as in asyncio, and end when they have had nothing to do for a while.
    /// Blocking calls on them leave the thread pool free for the continuations of others; <see cref="Task.Run(Action)"/> would not.
    /// More calls than threads wait their turn, so a call must not wait for another one that was begun later.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The token, or the task that awaits.</exception>
    public static Task<T> ToThreadAsync<T>(Func<T> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        ThreadCall<T> work = new(call);
        work.Watch(CancellationToken, cancellationToken);
        WorkerThreads.Shared.Add(work);
        return work.Task;
    }

    /// <inheritdoc cref="ToThreadAsync{T}"/>
    public static Task ToThreadAsync(Action call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return ToThreadAsync(
            () =>
            {
                call();
                return default(Nothing);
            },
            cancellationToken);
    }
}
