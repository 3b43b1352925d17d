using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace RequestsAsync;

/// <summary>Tasks that end together: the group ends when all of them have, and the first failure cancels the others (<c>asyncio.TaskGroup</c>).</summary>
/// <remarks>Nothing that was created in a group runs after it. Only for the thread of its loop.</remarks>
public sealed class TaskGroup
{
    private readonly HashSet<LoopTask> _running = [];
    private readonly List<Exception> _failures = [];
    private readonly TaskCompletionSource _ended = new();
    private LoopTask? _body;
    private bool _isCancelled;

    private TaskGroup()
    {
    }

    /// <summary>Runs a function that creates tasks in a group, and awaits it and all of them.</summary>
    /// <param name="body">The function. It is a task of the group itself: a failure of another one cancels it too, and its own cancellation all others.</param>
    /// <exception cref="AggregateException">Several failed: all their exceptions. One that failed alone is thrown as it is.</exception>
    /// <exception cref="OperationCanceledException">The task that awaits was cancelled, which cancels the group, and nothing failed.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static async Task RunAsync(Func<TaskGroup, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        TaskGroup group = new();
        await group.RunToEndAsync(group.Add<Nothing>(() => body(group), "TaskGroup", default)).ConfigureAwait(true);
    }

    /// <inheritdoc cref="RunAsync(Func{TaskGroup, Task})"/>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <returns>What the function returned, when all tasks have ended.</returns>
    public static async Task<T> RunAsync<T>(Func<TaskGroup, Task<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        TaskGroup group = new();
        return await group.RunToEndAsync(group.Add<T>(() => body(group), "TaskGroup", default)).ConfigureAwait(true);
    }

    /// <summary>Starts a function in the group.</summary>
    /// <inheritdoc cref="EventLoop.CreateTask(Func{Task}, string?, string, int)" path="/param"/>
    /// <returns>The task. Its exception is the group's.</returns>
    /// <exception cref="InvalidOperationException">The group has ended, or no loop runs on this thread.</exception>
    public LoopTask CreateTask(Func<Task> function, string? name = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add<Nothing>(function, name, new(file, line));

    /// <inheritdoc cref="CreateTask(Func{Task}, string?, string, int)"/>
    public LoopTask CreateTask(
        Func<CancellationToken, Task> function, string? name = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add<Nothing>(function, name, new(file, line));

    /// <inheritdoc cref="CreateTask(Func{Task}, string?, string, int)"/>
    /// <typeparam name="T">What the function returns.</typeparam>
    public LoopTask<T> CreateTask<T>(Func<Task<T>> function, string? name = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add<T>(function, name, new(file, line));

    /// <inheritdoc cref="CreateTask(Func{Task}, string?, string, int)"/>
    /// <typeparam name="T">What the function returns.</typeparam>
    public LoopTask<T> CreateTask<T>(
        Func<CancellationToken, Task<T>> function, string? name = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Add<T>(function, name, new(file, line));

    /// <summary>Cancels all tasks of the group, and those that are still to be created in it. That alone is no failure of the group.</summary>
    public void Cancel()
    {
        _isCancelled = true;
        foreach (LoopTask task in (LoopTask[])[.. _running]) task.CancelAmongOthers();
    }

    private LoopTask<T> Add<T>(Delegate function, string? name, CallSite site)
    {
        if (_ended.Task.IsCompleted) throw new InvalidOperationException("The group has ended: create tasks in it only while its function or another task of it runs.");
        LoopTask<T> task = EventLoop.Create<T>(function, name, site);
        task.MarkRetrieved();
        _running.Add(task);
        if (_isCancelled) task.CancelAmongOthers();
        _ = FollowAsync(task);
        return task;
    }

    private async Task FollowAsync(LoopTask task)
    {
        await task.Promise.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _running.Remove(task);
        if (task.Exception is { } failure)
        {
            _failures.Add(failure);
            Cancel();
        }
        else if (ReferenceEquals(task, _body) && task.IsCanceled)
        {
            Cancel(); // as in asyncio: whatever ends the function itself ends the group, and a child's cancellation does not
        }

        if (_running.Count == 0) _ended.SetResult();
    }

    private async Task<T> RunToEndAsync<T>(LoopTask<T> body)
    {
        _body = body;
        CancellationToken caller = EventLoop.CancellationToken;
        using (caller.UnsafeRegister(static group => ((TaskGroup)group!).Cancel(), this))
            await _ended.Task.ConfigureAwait(true);

        if (_failures.Count == 1) ExceptionDispatchInfo.Throw(_failures[0]);
        if (_failures.Count > 1) throw new AggregateException("Several tasks of a group failed.", _failures);
        caller.ThrowIfCancellationRequested();
        return await body;
    }
}
