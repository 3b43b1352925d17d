namespace RequestsAsync.Testing;

/// <summary>The connection as the content of a request sees it: it takes as many bytes as were promised.</summary>
/// <param name="length">How many were; <see langword="null"/> for chunks.</param>
/// <param name="stalled">What says so when nothing is taken; <see langword="null"/> when all is.</param>
/// <param name="cancellationToken">Ends what waits.</param>
internal sealed class ContentSink(long? length, Action? stalled, CancellationToken cancellationToken) : Stream
{
    private readonly MemoryStream _taken = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>All of it.</summary>
    /// <exception cref="HttpRequestException">It is shorter than was promised.</exception>
    internal ReadOnlyMemory<byte> Complete()
    {
        if (length is { } promised && _taken.Length != promised)
            throw new HttpRequestException($"Sent {_taken.Length} request content bytes, but Content-Length promised {promised}.");
        return _taken.GetBuffer().AsMemory(0, (int)_taken.Length);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Check(buffer.Length);
        if (stalled is not null)
        {
            stalled();
            Blocking.Complete(Standstill.UntilCancelledAsync(async: false, cancellationToken));
        }

        _taken.Write(buffer);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Check(buffer.Length);
        if (stalled is not null)
        {
            stalled();
            await Standstill.UntilCancelledAsync(async: true, cancellationToken).ConfigureAwait(false);
        }

        _taken.Write(buffer.Span);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // There is nothing behind it.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Check(int count)
    {
        if (length is { } promised && _taken.Length + count > promised)
            throw new HttpRequestException("Unable to write content to request stream; content would exceed Content-Length.");
    }
}
