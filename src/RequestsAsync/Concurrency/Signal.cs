namespace RequestsAsync;

/// <summary>Wakes one waiter when a state has changed.</summary>
/// <remarks>
/// Change the state first and set the signal then. The waiter reads <see cref="Version"/> first and the state then, and waits for a change since that
/// version: whatever is set in between is not lost, also when an earlier waiting was abandoned.
/// </remarks>
internal sealed class Signal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private long _version;

    /// <summary>Rises with every <see cref="Set"/>.</summary>
    public long Version
    {
        get
        {
            lock (_gate)
            {
                return _version;
            }
        }
    }

    /// <summary>The state has changed.</summary>
    /// <param name="mayGoOnHere">Whether the waiter may go on within this call; otherwise it does on the thread pool.</param>
    public void Set(bool mayGoOnHere = false)
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            _version++;
            waiter = _waiter;
            _waiter = null;
        }

        if (waiter is null) return;
        if (mayGoOnHere) waiter.SetResult();
        else ThreadPool.UnsafeQueueUserWorkItem(static waiter => waiter.SetResult(), waiter, preferLocal: false);
    }

    /// <summary>Complete once the signal was set after the version was read.</summary>
    public Task WaitAsync(long version)
    {
        lock (_gate)
        {
            if (_version != version) return Task.CompletedTask;
            return (_waiter ??= new()).Task;
        }
    }
}
