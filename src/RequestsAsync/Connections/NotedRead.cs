using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace RequestsAsync;

/// <summary>A read of a connection that has to wait, and whose bytes are looked at before the transport gets them.</summary>
/// <remarks>One serves a connection for all its reads, of which there is never more than one at a time: an async method would need a box and a flow for each.</remarks>
internal sealed class NotedRead : IValueTaskSource<int>
{
    private readonly Http1Stream _stream;
    private readonly Action _complete;
    private ManualResetValueTaskSourceCore<int> _core;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _reading;
    private Memory<byte> _buffer;

    public NotedRead(Http1Stream stream)
    {
        _stream = stream;
        _complete = Complete;
    }

    /// <summary>The read, noted when it is complete.</summary>
    /// <param name="reading">The read of the connection.</param>
    /// <param name="buffer">Where its bytes go.</param>
    public ValueTask<int> Follow(ValueTask<int> reading, Memory<byte> buffer)
    {
        _core.Reset();
        _buffer = buffer;
        _reading = reading.ConfigureAwait(false).GetAwaiter();
        if (_reading.IsCompleted) Complete();
        else _reading.UnsafeOnCompleted(_complete);
        return new ValueTask<int>(this, _core.Version);
    }

    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Complete()
    {
        int read;
        try
        {
            read = _reading.GetResult();
            if (!_buffer.IsEmpty) _stream.Note(_buffer.Span[..read]);
        }
        catch (Exception e)
        {
            if (e is IOException) _stream.NoteLoss(e);
            Forget();
            _core.SetException(e);
            return;
        }

        Forget();
        _core.SetResult(read);
    }

    // The buffer is the transport's, and the next read may begin as soon as this one is known to be complete.
    private void Forget()
    {
        _reading = default;
        _buffer = default;
    }
}
