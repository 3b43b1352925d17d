namespace RequestsAsync.Samples;

/// <summary>The event loop of asyncio: one thread runs every step of every task, and a step that blocks it stops them all.</summary>
/// <remarks>
/// A .NET program needs no such loop: its continuations run on many threads. It is here because it makes visible what a blocking call does
/// wherever one thread serves many, in a user interface for example.
/// </remarks>
public static class EventLoop
{
    private static LoopContext Current =>
        SynchronizationContext.Current as LoopContext
        ?? throw new InvalidOperationException("No event loop runs here. Call this inside EventLoop.Run, on the loop's own thread.");

    /// <summary>Runs a function and everything it starts on the calling thread, until the function has ended (<c>asyncio.run</c>).</summary>
    /// <param name="main">The function. Its exception is thrown here.</param>
    /// <remarks>
    /// At the end the tasks that are left are cancelled: they see it where they call this class, and the loop waits until they have ended.
    /// What was not made by <see cref="CreateTask"/> is not waited for, and goes on on the thread pool.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A loop runs on this thread already.</exception>
    public static void Run(Func<Task> main)
    {
        ArgumentNullException.ThrowIfNull(main);
        SynchronizationContext? outer = SynchronizationContext.Current;
        if (outer is LoopContext)
            throw new InvalidOperationException("An event loop runs on this thread already: await the function instead of running it.");

        using LoopContext loop = new();
        SynchronizationContext.SetSynchronizationContext(loop);
        try
        {
            loop.Run(main);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>
    /// Starts a function beside the one that calls; its first step comes when the caller waits for something (<c>asyncio.create_task</c>).
    /// </summary>
    /// <param name="function">The function.</param>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static Task CreateTask(Func<Task> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Current.StartAsync(function);
    }

    /// <summary>Lets the others run for a while (<c>asyncio.sleep</c>); zero gives each that is ready one turn.</summary>
    /// <param name="delay">How long.</param>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    /// <exception cref="OperationCanceledException">The loop ends.</exception>
    public static async Task SleepAsync(TimeSpan delay)
    {
        CancellationToken stopping = Current.Stopping;
        if (delay == TimeSpan.Zero) await Task.Yield(); // Task.Delay(0) would give nobody a turn
        else await Task.Delay(delay, stopping);
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>Runs a blocking call on another thread, while this one runs the others (<c>asyncio.to_thread</c>).</summary>
    /// <typeparam name="T">What the call returns.</typeparam>
    /// <param name="call">The call. When the loop ends before it does, it goes on and nobody hears of it.</param>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    /// <exception cref="OperationCanceledException">The loop ends.</exception>
    public static async Task<T> ToThreadAsync<T>(Func<T> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        CancellationToken stopping = Current.Stopping;
        T result = await Task.Run(call, stopping).WaitAsync(stopping);
        stopping.ThrowIfCancellationRequested();
        return result;
    }
}
