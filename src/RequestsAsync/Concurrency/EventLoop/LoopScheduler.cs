namespace RequestsAsync;

/// <summary>Runs the tasks of a <see cref="TaskFactory"/>, and continuations that ask for it, on the loop.</summary>
internal sealed class LoopScheduler : TaskScheduler
{
    private readonly EventLoop _loop;
    private readonly SendOrPostCallback _execute;

    public LoopScheduler(EventLoop loop)
    {
        _loop = loop;
        _execute = task => TryExecuteTask((Task)task!);
    }

    public override int MaximumConcurrencyLevel => 1;

    protected override void QueueTask(Task task) => _loop.Post(_execute, task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        _loop.IsOnThread && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => []; // for debuggers
}
