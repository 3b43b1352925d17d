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

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            _version++;
            waiter = _waiter;
            _waiter = null;
        }

        waiter?.SetResult();
    }

    /// <summary>Complete once the signal was set after the version was read.</summary>
    public Task WaitAsync(long version)
    {
        lock (_gate)
        {
            if (_version != version) return Task.CompletedTask;
            return (_waiter ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
