using System.Runtime.CompilerServices;

namespace RequestsAsync;

// One task.
public sealed partial class EventLoop
{
    /// <summary>Starts a function beside the one that calls; its first step comes when the caller awaits something (<c>asyncio.create_task</c>).</summary>
    /// <param name="function">The function.</param>
    /// <param name="name">What reports call it.</param>
    /// <param name="file">The caller's file; the compiler gives it.</param>
    /// <param name="line">The caller's line; the compiler gives it.</param>
    /// <returns>The task. The loop keeps it alive; it is cancelled when the loop ends.</returns>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static LoopTask CreateTask(Func<Task> function, string? name = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Create<Nothing>(function, name, new(file, line));

    /// <inheritdoc cref="CreateTask(Func{Task}, string?, string, int)"/>
    /// <param name="function">The function; its token is cancelled with the task.</param>
    /// <param name="name">What reports call it.</param>
    /// <param name="file">The caller's file; the compiler gives it.</param>
    /// <param name="line">The caller's line; the compiler gives it.</param>
    public static LoopTask CreateTask(
        Func<CancellationToken, Task> function, string? name = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Create<Nothing>(function, name, new(file, line));

    /// <inheritdoc cref="CreateTask(Func{Task}, string?, string, int)"/>
    /// <typeparam name="T">What the function returns.</typeparam>
    public static LoopTask<T> CreateTask<T>(Func<Task<T>> function, string? name = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Create<T>(function, name, new(file, line));

    /// <inheritdoc cref="CreateTask(Func{CancellationToken, Task}, string?, string, int)"/>
    /// <typeparam name="T">What the function returns.</typeparam>
    public static LoopTask<T> CreateTask<T>(
        Func<CancellationToken, Task<T>> function, string? name = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Create<T>(function, name, new(file, line));

    /// <summary>Lets the others run for a while (<c>asyncio.sleep</c>).</summary>
    /// <param name="delay">How long; zero gives each task that is ready one turn, <see cref="Timeout.InfiniteTimeSpan"/> waits for a cancellation.</param>
    /// <param name="cancellationToken">Ends the sleep early; so does the cancellation of the task that sleeps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    /// <exception cref="OperationCanceledException">The token, the task, or the loop.</exception>
    public static Task SleepAsync(TimeSpan delay, CancellationToken cancellationToken = default)
    {
        EventLoop loop = Required();
        if (delay < TimeSpan.Zero && delay != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(delay), delay, "A delay is zero or more, or Timeout.InfiniteTimeSpan.");

        LoopTask? sleeper = CurrentTask;
        LoopSleep sleep = new(loop, sleeper);
        if (delay == TimeSpan.Zero)
            loop.Post(LoopSleep.End, sleep);
        else
            loop.Timers.Add(sleep, delay == Timeout.InfiniteTimeSpan ? long.MaxValue : loop.DueAfter(delay));
        sleep.Watch(sleeper?.CancellationToken ?? CancellationToken.None, cancellationToken);
        return sleep.Task;
    }

    /// <summary>Awaits a task, and cancels it when it takes too long (<c>asyncio.wait_for</c>). It returns only when the task has ended.</summary>
    /// <param name="task">The task. When the one that awaits is cancelled, it is too.</param>
    /// <param name="timeout">How long it may take, from now; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <remarks>For a plain .NET task, which cannot be cancelled from outside, there is <see cref="System.Threading.Tasks.Task.WaitAsync(TimeSpan)"/>.</remarks>
    /// <exception cref="TimeoutException">The time was over, and the task ended as cancelled.</exception>
    /// <exception cref="OperationCanceledException">The task was cancelled otherwise.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static async Task WaitForAsync(LoopTask task, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(task);
        bool isLate = false;
        LoopHandle? alarm = timeout == Timeout.InfiniteTimeSpan ? null : Required().CallLaterCore(timeout, CancelLate, default);
        try
        {
            await task;
        }
        catch (OperationCanceledException e) when (isLate)
        {
            throw new TimeoutException($"{task.Name} did not end within {timeout} and was cancelled.", e);
        }
        finally
        {
            alarm?.Cancel();
        }

        void CancelLate()
        {
            isLate = !task.IsCompleted;
            task.Cancel();
        }
    }

    /// <inheritdoc cref="WaitForAsync(LoopTask, TimeSpan)"/>
    /// <typeparam name="T">The result of the task.</typeparam>
    /// <returns>The result of the task.</returns>
    public static async Task<T> WaitForAsync<T>(LoopTask<T> task, TimeSpan timeout)
    {
        await WaitForAsync((LoopTask)task, timeout).ConfigureAwait(true);
        return await task;
    }

    /// <summary>Awaits a task without tying it to the one that awaits: its cancellation ends the waiting and leaves the task alone (<c>asyncio.shield</c>).</summary>
    /// <param name="task">The task.</param>
    /// <returns>A task of the same result; it is <c>task.Task.WaitAsync(EventLoop.CancellationToken)</c>.</returns>
    /// <exception cref="OperationCanceledException">The task that awaits was cancelled, or the task itself.</exception>
    public static Task ShieldAsync(LoopTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Task.WaitAsync(CancellationToken);
    }

    /// <inheritdoc cref="ShieldAsync(LoopTask)"/>
    /// <typeparam name="T">The result of the task.</typeparam>
    public static Task<T> ShieldAsync<T>(LoopTask<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Task.WaitAsync(CancellationToken);
    }

    internal static LoopTask<T> Create<T>(Delegate function, string? name, CallSite site)
    {
        ArgumentNullException.ThrowIfNull(function);
        EventLoop loop = Required();
        LoopTask<T> task = new(loop, function, name, site);
        loop.Post(LoopTask.Begin, task);
        return task;
    }

    // In ticks of TimeSpan since the loop began; what is too far away never comes.
    private long DueAfter(TimeSpan delay)
    {
        long now = Elapsed.Ticks;
        return delay.Ticks > long.MaxValue - now ? long.MaxValue : now + delay.Ticks;
    }
}
