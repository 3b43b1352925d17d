namespace RequestsAsync;

/// <summary>The token that an await of the loop listens to: the caller's and that of the task that awaits, whichever there are.</summary>
internal readonly struct LinkedToken : IDisposable
{
    private readonly CancellationTokenSource? _link;

    private LinkedToken(CancellationToken token) => Token = token;

    private LinkedToken(CancellationTokenSource link)
    {
        _link = link;
        Token = link.Token;
    }

    public CancellationToken Token { get; }

    /// <summary>Whether there are two, and the link between them has to be disposed.</summary>
    public bool IsLinked => _link is not null;

    public static LinkedToken WithTask(CancellationToken given)
    {
        CancellationToken task = EventLoop.CancellationToken;
        if (!given.CanBeCanceled) return new(task);
        return task.CanBeCanceled && task != given ? new(CancellationTokenSource.CreateLinkedTokenSource(given, task)) : new(given);
    }

    public void Dispose() => _link?.Dispose();
}
