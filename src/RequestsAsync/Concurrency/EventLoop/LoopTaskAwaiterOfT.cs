using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>Awaits a <see cref="LoopTask{T}"/>.</summary>
/// <typeparam name="T">The result.</typeparam>
public readonly struct LoopTaskAwaiter<T> : ICriticalNotifyCompletion
{
    private readonly Task<T> _task;
    private readonly CancellationTokenRegistration _tie;

    internal LoopTaskAwaiter(Task<T> task, CancellationTokenRegistration tie)
    {
        _task = task;
        _tie = tie;
    }

    /// <inheritdoc cref="LoopTaskAwaiter.IsCompleted"/>
    public bool IsCompleted => _task.IsCompleted;

    /// <inheritdoc cref="LoopTaskAwaiter.GetResult"/>
    public T GetResult()
    {
        _tie.Unregister();
        LoopTaskAwaiter.RefuseToHold(_task);
#pragma warning disable RS0030 // complete, or its caller blocks a thread that is not the loop's
        return _task.GetAwaiter().GetResult();
#pragma warning restore RS0030
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _task.GetAwaiter().OnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _task.GetAwaiter().UnsafeOnCompleted(continuation);
}
