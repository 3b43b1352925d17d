namespace RequestsAsync;

/// <summary>What <see cref="EventLoop.WaitAsync{TTask}"/> waits for.</summary>
public enum WaitUntil
{
    /// <summary>All tasks have ended.</summary>
    AllCompleted,

    /// <summary>One task has ended, in whatever way.</summary>
    FirstCompleted,

    /// <summary>One task has failed, or all have ended; a cancellation is no failure.</summary>
    FirstException,
}
