namespace RequestsAsync;

/// <summary>The event loop of asyncio: one thread runs every step of every task, and a step that blocks it stops them all.</summary>
/// <remarks>
/// <para>
/// A .NET program needs no loop to send requests concurrently: its continuations run on the thread pool. A loop is for those who want one thread, and
/// with it no locks, asyncio's order and its structure: tasks that are named, kept, cancelled and awaited when the program of the loop ends.
/// </para>
/// <para>
/// What begins on the loop comes back to it after every <c>await</c>, also after those of other libraries; after <c>ConfigureAwait(false)</c> it goes on elsewhere,
/// or right where the answer came: see <see cref="EventLoopOptions.PollSockets"/>.
/// The static members belong to the loop that runs on the calling thread, and throw <see cref="InvalidOperationException"/> where none does.
/// </para>
/// </remarks>
public sealed partial class EventLoop
{
    [ThreadStatic]
    private static EventLoop? _ofThisThread;

    private static readonly AsyncLocal<LoopTask?> TaskOfThisFlow = new();

    private readonly EventLoopOptions _options;
    private readonly StepQueue _steps = new();
    private readonly LoopTaskList _tasks = new();
    private readonly LoopProblems _problems;
    private readonly long _began;
    private TaskScheduler? _scheduler;
    private int _made;
    private bool _isEnding;

    private EventLoop(EventLoopOptions options)
    {
        _options = options;
        _problems = new LoopProblems(options.OnProblem);
        _began = options.TimeProvider.GetTimestamp();
        Watch = new LoopWatch(options, _problems);
    }

    /// <summary>The loop that runs on this thread, or <see langword="null"/> (<c>asyncio.get_running_loop</c>).</summary>
    public static EventLoop? Current => _ofThisThread;

    /// <summary>Whether a loop runs on this thread.</summary>
    public static bool IsRunning => _ofThisThread is not null;

    /// <summary>The task that this code belongs to, or <see langword="null"/> outside of all (<c>asyncio.current_task</c>). It is known in <see cref="ToThreadAsync{T}"/> too.</summary>
    public static LoopTask? CurrentTask => TaskOfThisFlow.Value;

    /// <summary>
    /// Cancelled when the task that this code belongs to is cancelled, by <see cref="LoopTask.Cancel"/> or the end of the loop;
    /// <see cref="System.Threading.CancellationToken.None"/> outside of all tasks.
    /// </summary>
    /// <remarks>
    /// .NET cannot throw into an <c>await</c> as Python does: a cancellation reaches what listens to a token. What this class awaits listens by itself; hand
    /// this token to everything else that should end with the task.
    /// </remarks>
    public static CancellationToken CancellationToken => CurrentTask?.CancellationToken ?? CancellationToken.None;

    /// <summary>The time since the loop began, which never goes back (<c>loop.time</c>).</summary>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static TimeSpan Time => Required().Elapsed;

    /// <summary>Runs tasks of <see cref="TaskFactory"/> on this loop, from any thread.</summary>
    public TaskScheduler Scheduler => _scheduler ??= new LoopScheduler(this);

    internal TimerHeap Timers { get; } = new();

    internal LoopWatch Watch { get; }

    internal TimeProvider TimeProvider => _options.TimeProvider;

    internal bool ForbidsBlocking => _options.ForbidBlocking;

    internal bool IsOnThread => ReferenceEquals(_ofThisThread, this);

    private TimeSpan Elapsed => TimeProvider.GetElapsedTime(_began);

    internal static EventLoop Required() =>
        _ofThisThread ?? throw new InvalidOperationException(
            "No event loop runs on this thread. Call this inside EventLoop.Run, and not after ConfigureAwait(false); from another thread use the loop's CallSoonThreadSafe.");

    /// <summary>Makes a step ready to run, from any thread. After the end of the loop the thread pool runs it.</summary>
    internal void Post(SendOrPostCallback callback, object? state)
    {
        if (IsOnThread)
            _steps.Add(new(callback, state));
        else if (!_steps.TryPost(new(callback, state)))
            ThreadPool.UnsafeQueueUserWorkItem(static step => step.Callback(step.State), new LoopStep(callback, state), preferLocal: false);
    }

    /// <summary>A blocking verb of the library begins on the loop's thread.</summary>
    internal void NoteBlockingCall(string verb)
    {
        if (ForbidsBlocking)
        {
            throw new BlockingCallException(
                $"{verb} would block the event loop, and everything else on it. Await {verb}Async instead, or take the call off the loop: await EventLoop.ToThreadAsync(() => {verb}(…)).");
        }

        Watch.NoteVerb(verb);
    }

    /// <summary>Begins to run a task; its number among the tasks of the loop.</summary>
    internal int Admit(LoopTask task)
    {
        _tasks.Add(task);
        if (_isEnding) task.CancelToken(); // before it begins: the end would wait for new tasks for ever
        return ++_made;
    }

    /// <summary>A task has ended, on the loop's thread.</summary>
    internal void Leave(LoopTask task) => _tasks.Remove(task, _problems);

    /// <summary>Runs code as a task's, so that what it awaits knows the task.</summary>
    internal static void Enter(LoopTask task) => TaskOfThisFlow.Value = task;
}
