using System.Threading.Tasks.Sources;

namespace RequestsAsync.Micro;

/// <summary>A connection whose server has the answer at once: the last byte of a request completes the read that waits for it.</summary>
/// <remarks>
/// The runtime writes each of the small requests here in pieces that end where the request does: with the empty line after its head or its
/// last chunk, or with the brace that ends its JSON.
/// </remarks>
internal sealed class MemoryConnection : Stream, IValueTaskSource<int>
{
    private readonly byte[] _answer;
    private ManualResetValueTaskSourceCore<int> _reading;
    private Memory<byte> _target;
    private bool _isReading;
    private int _at;

    public MemoryConnection(Answer answer)
    {
        _answer = answer.ToHttp1();
        _at = _answer.Length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at < _answer.Length) return new(Take(buffer.Span));

        _reading.Reset();
        _target = buffer;
        _isReading = true;
        return new(this, _reading.Version);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return default;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!Ends(buffer)) return;

        _at = 0;
        if (!_isReading) return;

        _isReading = false;
        _reading.SetResult(Take(_target.Span));
    }

    public override int Read(Span<byte> buffer) => Take(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _reading.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _reading.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _reading.OnCompleted(continuation, state, token, flags);

    private static bool Ends(ReadOnlySpan<byte> piece)
    {
        if (!piece.EndsWith("\r\n\r\n"u8)) return piece.EndsWith("}"u8);

        bool isHeadOfPost = piece.StartsWith("POST"u8) && piece.IndexOf("\r\n\r\n"u8) == piece.Length - 4;
        return !isHeadOfPost;
    }

    private int Take(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _answer.Length - _at);
        _answer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
