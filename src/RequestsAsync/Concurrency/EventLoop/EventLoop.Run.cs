namespace RequestsAsync;

public sealed partial class EventLoop
{
    /// <inheritdoc cref="Run{T}(Func{CancellationToken, Task{T}}, EventLoopOptions?, CancellationToken)" path="/summary|/param|/remarks|/exception"/>
    public static void Run(Func<Task> main, EventLoopOptions? options = null, CancellationToken cancellationToken = default) =>
        RunMain(main, static (loop, main) => new LoopTask<Nothing>(loop, main, "main", default), options, cancellationToken);

    /// <inheritdoc cref="Run{T}(Func{CancellationToken, Task{T}}, EventLoopOptions?, CancellationToken)" path="/summary|/param|/remarks|/exception"/>
    public static void Run(Func<CancellationToken, Task> main, EventLoopOptions? options = null, CancellationToken cancellationToken = default) =>
        RunMain(main, static (loop, main) => new LoopTask<Nothing>(loop, main, "main", default), options, cancellationToken);

    /// <inheritdoc cref="Run{T}(Func{CancellationToken, Task{T}}, EventLoopOptions?, CancellationToken)"/>
    public static T Run<T>(Func<Task<T>> main, EventLoopOptions? options = null, CancellationToken cancellationToken = default) =>
        RunMain(main, static (loop, main) => new LoopTask<T>(loop, main, "main", default), options, cancellationToken);

    /// <summary>Runs a function and every task it creates on the calling thread, until the function has ended (<c>asyncio.run</c>).</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="main">The function. The token it may take is cancelled with <paramref name="cancellationToken"/>, and when the loop ends.</param>
    /// <param name="options">How the loop runs.</param>
    /// <param name="cancellationToken">Cancels the function, not the loop: the loop goes on until the function has ended.</param>
    /// <returns>What the function returned.</returns>
    /// <remarks>
    /// At the end the tasks that are left are cancelled, and the loop waits until they have ended, however long that takes: a task that listens to no
    /// token (see <see cref="CancellationToken"/>) holds it up, and is named as a problem after five seconds. Then the exceptions that nobody retrieved are
    /// reported. What was not made by <c>CreateTask</c> is not waited for and goes on on the thread pool, and an async iterator that was left
    /// in the middle is not disposed, since .NET keeps no list of them: read it with <c>await foreach</c>, which disposes it.
    /// </remarks>
    /// <exception cref="ArgumentException">An option is not allowed.</exception>
    /// <exception cref="InvalidOperationException">A loop runs on this thread already, or <see cref="EventLoopOptions.InlineSocketCompletions"/> came too late.</exception>
    /// <exception cref="OperationCanceledException">The function was cancelled.</exception>
    /// <exception cref="Exception">What the function threw, with its stack.</exception>
    public static T Run<T>(Func<CancellationToken, Task<T>> main, EventLoopOptions? options = null, CancellationToken cancellationToken = default) =>
        RunMain(main, static (loop, main) => new LoopTask<T>(loop, main, "main", default), options, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(Func{CancellationToken, Task{T}}, EventLoopOptions?, CancellationToken)"/>
    public static Task RunAsync(Func<Task> main, EventLoopOptions? options = null, CancellationToken cancellationToken = default) =>
        OnNewThreadAsync(main, static (loop, main) => new LoopTask<Nothing>(loop, main, "main", default), options, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(Func{CancellationToken, Task{T}}, EventLoopOptions?, CancellationToken)"/>
    public static Task RunAsync(Func<CancellationToken, Task> main, EventLoopOptions? options = null, CancellationToken cancellationToken = default) =>
        OnNewThreadAsync(main, static (loop, main) => new LoopTask<Nothing>(loop, main, "main", default), options, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(Func{CancellationToken, Task{T}}, EventLoopOptions?, CancellationToken)"/>
    public static Task<T> RunAsync<T>(Func<Task<T>> main, EventLoopOptions? options = null, CancellationToken cancellationToken = default) =>
        OnNewThreadAsync(main, static (loop, main) => new LoopTask<T>(loop, main, "main", default), options, cancellationToken);

    /// <summary>Runs a function and every task it creates on a new thread of its own, while the caller awaits its end.</summary>
    /// <inheritdoc cref="Run{T}(Func{CancellationToken, Task{T}}, EventLoopOptions?, CancellationToken)" path="/typeparam|/param|/returns|/remarks|/exception"/>
    public static Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> main, EventLoopOptions? options = null, CancellationToken cancellationToken = default) =>
        OnNewThreadAsync(main, static (loop, main) => new LoopTask<T>(loop, main, "main", default), options, cancellationToken);

    private static T RunMain<T>(Delegate main, Func<EventLoop, Delegate, LoopTask<T>> create, EventLoopOptions? options, CancellationToken cancellationToken) =>
        Blocking.Complete(new ValueTask<T>(RunToEnd(main, create, options, cancellationToken)));

    private static Task<T> OnNewThreadAsync<T>(
        Delegate main, Func<EventLoop, Delegate, LoopTask<T>> create, EventLoopOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(main);
        TaskCompletionSource<T> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            try
            {
                ended.SetFromTask(RunToEnd(main, create, options, cancellationToken));
            }
            catch (Exception e)
            {
                ended.SetException(e);
            }
        })
        { IsBackground = true, Name = "EventLoop" };
        thread.Start();
        return ended.Task;
    }

    /// <summary>Runs a loop on this thread.</summary>
    /// <returns>The task of the main function, which has ended.</returns>
    private static Task<T> RunToEnd<T>(Delegate main, Func<EventLoop, Delegate, LoopTask<T>> create, EventLoopOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(main);
        if (_ofThisThread is not null)
        {
            throw new InvalidOperationException(
                "An event loop runs on this thread already: await the function instead of running it, or give it a thread and a loop of its own with EventLoop.RunAsync.");
        }

        options = EventLoopOptions.Checked(options);
        if (options.InlineSocketCompletions) InlineCompletions.Enable();

        EventLoop loop = new(options);
        SynchronizationContext? outer = SynchronizationContext.Current;
        LoopContext context = new(loop);
        SynchronizationContext.SetSynchronizationContext(context);
        _ofThisThread = loop;
        try
        {
            LoopTask<T> task = create(loop, main);
            task.MarkRetrieved(); // its exception is the caller's
            loop.Post(LoopTask.Begin, task);
            using (cancellationToken.UnsafeRegister(static task => ((LoopTask)task!).Cancel(), task))
                loop.RunUntilEnded(task, context);
            return task.Task;
        }
        finally
        {
            _ofThisThread = null;
            SynchronizationContext.SetSynchronizationContext(outer);
            loop.Close();
        }
    }
}
