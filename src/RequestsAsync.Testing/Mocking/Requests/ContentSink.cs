namespace RequestsAsync.Testing;

/// <summary>The connection as the content of a request sees it: it takes as many bytes as were promised.</summary>
/// <param name="length">How many were; <see langword="null"/> for chunks.</param>
/// <param name="stalled">What says so when nothing is taken; <see langword="null"/> when all is.</param>
/// <param name="cancellationToken">Ends what waits.</param>
internal sealed class ContentSink(long? length, Action? stalled, CancellationToken cancellationToken) : WriteOnlyStream
{
    private readonly MemoryStream _taken = new();

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

    private void Check(int count)
    {
        if (length is { } promised && _taken.Length + count > promised)
            throw new HttpRequestException("Unable to write content to request stream; content would exceed Content-Length.");
    }
}
