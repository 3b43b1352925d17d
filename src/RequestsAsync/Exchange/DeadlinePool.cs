namespace RequestsAsync;

/// <summary>The deadlines of a session's calls. One that is free stays registered with the session and keeps its timer, so that starting it again costs neither.</summary>
/// <param name="time">The session's clock.</param>
/// <param name="stopping">Cancelled when the session is disposed.</param>
internal sealed class DeadlinePool(TimeProvider time, CancellationToken stopping)
{
    private const int MaxFree = 1024;

    private readonly Spares<Deadline> _free = new(MaxFree);

    public TimeProvider Time => time;

    public CancellationToken Stopping => stopping;

    /// <summary>A deadline whose clock has started.</summary>
    /// <inheritdoc cref="Deadline.Start" path="/param"/>
    public Deadline Rent(PhaseLimits limits, TimeSpan total, bool keepsToken, long now, CancellationToken caller)
    {
        Deadline deadline = _free.Take() ?? new Deadline(this, limits);
        deadline.Start(limits, total, keepsToken, now, caller);
        return deadline;
    }

    /// <summary>Takes back one that has stopped.</summary>
    public void Return(Deadline deadline)
    {
        if (stopping.IsCancellationRequested || !_free.TryKeep(deadline)) deadline.Dispose();
    }

    /// <summary>Lets the timers of those that are free go.</summary>
    public void Clear()
    {
        while (_free.Take() is { } deadline)
            deadline.Dispose();
    }
}
