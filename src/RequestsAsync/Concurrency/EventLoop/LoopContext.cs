namespace RequestsAsync;

/// <summary>What an <c>await</c> on the loop finds, to come back to it.</summary>
internal sealed class LoopContext : SynchronizationContext
{
    private const int WaitTimeout = 0x102; // WAIT_TIMEOUT, what the runtime's waiting returns on every system

    private readonly EventLoop _loop;
    private bool _isLooking;

    public LoopContext(EventLoop loop)
    {
        _loop = loop;
        SetWaitNotificationRequired();
    }

    public override void Post(SendOrPostCallback d, object? state) => _loop.Post(d, state);

    /// <summary>Runs a step at once on the loop's own thread; refused elsewhere.</summary>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!_loop.IsOnThread) throw new NotSupportedException("Send blocks its caller until the loop has run the step. Use Post.");
        d(state);
    }

    /// <summary>There is one loop, whoever asks for another.</summary>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>
    /// The runtime asks this before its thread waits for anything but the operating system: the one moment at which the loop can see who is about to hold it.
    /// </summary>
    public override int Wait(nint[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        // Looking at the stack may wait itself, for a lock of the runtime.
        if (_isLooking || !_loop.IsOnThread || !_loop.Watch.IsHeld) return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        if (_loop.ForbidsBlocking) Look(throwsForTask: true);

        int patience = _loop.Watch.PatienceMilliseconds;
        if (_loop.Watch.IsHeard && (millisecondsTimeout == Timeout.Infinite || millisecondsTimeout > patience))
        {
            int result = WaitHelper(waitHandles, waitAll, patience);
            if (result != WaitTimeout) return result;
            if (millisecondsTimeout != Timeout.Infinite) millisecondsTimeout -= patience;
            Look(throwsForTask: false);
        }

        return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
    }

    private void Look(bool throwsForTask)
    {
        _isLooking = true;
        try
        {
            if (throwsForTask)
                ThrowIfForTask(new BlockedStack());
            else
                _loop.Watch.NoteWaiting();
        }
        finally
        {
            _isLooking = false;
        }
    }

    private static void ThrowIfForTask(BlockedStack stack)
    {
        if (!stack.WaitsForTask) return;
        string where = stack.Line is { } line ? $" at {line}" : "";
        throw new BlockingCallException(
            $"The thread of the event loop was about to wait for a task{where}. A task that needs the loop would never end: await it, or take the waiting off the loop with EventLoop.ToThreadAsync.");
    }
}
