using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace RequestsAsync;

// A read that has to wait, and whose bytes are looked at before the transport gets them. The stream itself is what is waited for: there is never more than one read
// at a time, and an async method would need a box and a flow for each.
internal sealed partial class Http1Stream : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _noted;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _reading;
    private Memory<byte> _buffer;
    private Action? _complete;

    int IValueTaskSource<int>.GetResult(short token) => _noted.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _noted.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _noted.OnCompleted(continuation, state, token, flags);

    // The read, noted when it is complete.
    private ValueTask<int> Follow(ValueTask<int> reading, Memory<byte> buffer)
    {
        _noted.Reset();
        _isReading = true;
        _buffer = buffer;
        _reading = reading.ConfigureAwait(false).GetAwaiter();
        if (_reading.IsCompleted) Complete();
        else _reading.UnsafeOnCompleted(_complete ??= Complete);
        return new ValueTask<int>(this, _noted.Version);
    }

    private void Complete()
    {
        int read;
        try
        {
            read = _reading.GetResult();
            if (!_buffer.IsEmpty) Note(_buffer.Span[..read]);
        }
        catch (Exception e)
        {
            if (e is IOException) _sending?.ConnectionLost(e);
            Forget();
            _noted.SetException(e);
            return;
        }

        Forget();
        _noted.SetResult(read);
    }

    // The buffer is the transport's, and the next read may begin as soon as this one is known to be complete.
    private void Forget()
    {
        _isReading = false;
        _reading = default;
        _buffer = default;
    }
}
