namespace RequestsAsync;

/// <summary>Wakes one waiter. However often it is set while nobody waits, that is one waking.</summary>
/// <remarks>Change the state first and set the signal then; the waiter looks at the state after every waking, and waits again if it was nothing.</remarks>
internal sealed class Signal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private bool _isSet;

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            waiter = _waiter;
            _waiter = null;
            _isSet = waiter is null;
        }

        waiter?.SetResult();
    }

    public Task WaitAsync()
    {
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return Task.CompletedTask;
            }

            return (_waiter ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
