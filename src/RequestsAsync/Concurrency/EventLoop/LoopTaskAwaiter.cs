using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>Awaits a <see cref="LoopTask"/>.</summary>
public readonly struct LoopTaskAwaiter : ICriticalNotifyCompletion
{
    private readonly Task _task;
    private readonly CancellationTokenRegistration _tie;

    internal LoopTaskAwaiter(Task task, CancellationTokenRegistration tie)
    {
        _task = task;
        _tie = tie;
    }

    /// <summary>Whether nothing has to be waited for.</summary>
    public bool IsCompleted => _task.IsCompleted;

    /// <summary>Ends the await.</summary>
    /// <exception cref="InvalidOperationException">The task has not ended, and this is the thread of a loop: it would be held for ever.</exception>
    public void GetResult()
    {
        _tie.Unregister();
        RefuseToHold(_task);
#pragma warning disable RS0030 // complete, or its caller blocks a thread that is not the loop's
        _task.GetAwaiter().GetResult();
#pragma warning restore RS0030
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _task.GetAwaiter().OnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _task.GetAwaiter().UnsafeOnCompleted(continuation);

    /// <summary>A task of a loop ends on its loop: a thread of a loop that waits for one without await waits for itself.</summary>
    internal static void RefuseToHold(Task task)
    {
        if (!task.IsCompleted && EventLoop.IsRunning)
            throw new BlockingCallException("GetResult would block the event loop until a task of the loop has ended, and so for ever: await the task.");
    }
}
