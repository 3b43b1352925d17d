namespace RequestsAsync;

/// <summary>What the rest of the library knows of event loops.</summary>
internal static class LoopGuard
{
    /// <summary>A blocking verb begins. Where no loop runs on this thread that is one reading of a thread-static field.</summary>
    /// <param name="verb">Its name, <c>Get</c> for example; the awaited one is that name with Async.</param>
    /// <exception cref="BlockingCallException">The loop of this thread forbids it.</exception>
    public static void CheckBlocking(string verb) => EventLoop.Current?.NoteBlockingCall(verb);

    /// <summary>The token that a call listens to: the caller's, or where he gave none, on a loop, that of the task that calls.</summary>
    public static CancellationToken TokenOr(CancellationToken given) =>
        !given.CanBeCanceled && EventLoop.IsRunning ? EventLoop.CancellationToken : given;
}
