using System.Threading.Tasks.Sources;

namespace RequestsAsync;

/// <summary>A waiting for a connection that a loop looks at: for bytes to read, or for room to write. One serves for all of its kind, which come one after another.</summary>
/// <remarks>Who takes a waiting, under the lock of its connection, ends it, once that lock is free: so each ends exactly once, whatever happens at the same moment.</remarks>
internal sealed class SocketWait : IValueTaskSource<int>, IValueTaskSource
{
    private static readonly Action<object?, CancellationToken> Cancelled = static (wait, token) => ((SocketWait)wait!)._stream.Cancel((SocketWait)wait, token);

    private readonly LoopSocketStream _stream;
    private ManualResetValueTaskSourceCore<int> _core;
    private CancellationTokenRegistration _registration;
    private Exception? _failure;
    private int _result;
    private bool _isInline;
    private volatile bool _isUsed;

    public SocketWait(LoopSocketStream stream) => _stream = stream;

    /// <summary>Whether it is somebody's, who has not fetched its result yet.</summary>
    public bool IsUsed => _isUsed;

    /// <summary>Whether it waits, and nobody has taken it to end it.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Where the bytes go that are waited for.</summary>
    public Memory<byte> Target { get; private set; }

    /// <summary>The bytes that are still to be written.</summary>
    public ReadOnlyMemory<byte> Rest { get; set; }

    /// <summary>What ends it early.</summary>
    public CancellationToken Token { get; private set; }

    /// <summary>Begins to wait; under the connection's lock.</summary>
    /// <param name="target">Where bytes go.</param>
    /// <param name="rest">Which bytes are to be written.</param>
    /// <param name="isInline">Whether what follows may go on on the loop's own thread.</param>
    /// <param name="cancellationToken">What ends it early.</param>
    /// <returns>Its number.</returns>
    public short Begin(Memory<byte> target, ReadOnlyMemory<byte> rest, bool isInline, CancellationToken cancellationToken)
    {
        _core.Reset();
        _failure = null;
        _isUsed = true;
        _isInline = isInline;
        IsPending = true;
        Target = target;
        Rest = rest;
        Token = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(Cancelled, this);
        return _core.Version;
    }

    /// <summary>Takes it, to end it with a result; under the connection's lock.</summary>
    public void Take(int result)
    {
        TakeUp();
        _result = result;
    }

    /// <summary>Takes it, to end it with a failure; under the connection's lock.</summary>
    public void Take(Exception failure)
    {
        TakeUp();
        _failure = failure;
    }

    /// <summary>Ends it.</summary>
    /// <param name="isOnLoop">Whether this is the loop's thread between two steps, so that what may go on there does.</param>
    public void End(bool isOnLoop)
    {
        _core.RunContinuationsAsynchronously = !(isOnLoop && _isInline);
        if (_failure is not null) _core.SetException(_failure);
        else _core.SetResult(_result);
    }

    /// <summary>Ends it with what has happened since it was taken.</summary>
    public void EndElsewhere(int result, Exception? failure)
    {
        _result = result;
        _failure = failure;
        End(isOnLoop: false);
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        _isUsed = false;
        return _core.GetResult(token);
    }

    void IValueTaskSource.GetResult(short token)
    {
        _isUsed = false;
        _core.GetResult(token);
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void TakeUp()
    {
        _registration.Unregister();
        _registration = default;
        IsPending = false;
        Target = default; // the buffer is the caller's again as soon as it knows of the end
        Rest = default;
    }
}
