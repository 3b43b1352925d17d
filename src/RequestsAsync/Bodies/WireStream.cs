namespace RequestsAsync;

/// <summary>The connection's stream as a body sees it: it remembers whether a failure was its own, and tells how much has gone out.</summary>
internal sealed class WireStream(Stream inner, IProgress<TransferProgress>? progress, long? total, Sending sending) : WriteOnlyStream
{
    /// <summary>Progress is seen after each piece of so many bytes, by the caller and by the limit for writing.</summary>
    public const int PieceLength = 64 << 10;

    private long _written;

    /// <summary>How many bytes have gone out.</summary>
    public long Written => _written;

    /// <summary>Whether writing failed. What a coder still flushes while the failure passes it is dropped.</summary>
    public bool Failed { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!Failed && buffer.Length > 0)
        {
            CheckWanted();
            ReadOnlySpan<byte> chunk = buffer[..Math.Min(buffer.Length, PieceLength)];
            try
            {
                inner.Write(chunk);
            }
            catch
            {
                Failed = true;
                throw;
            }

            Report(chunk.Length);
            buffer = buffer[chunk.Length..];
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!Failed && buffer.Length > 0)
        {
            CheckWanted();
            ReadOnlyMemory<byte> chunk = buffer[..Math.Min(buffer.Length, PieceLength)];
            sending.WriteBegins(); // over HTTP/2 no connection's stream sees whose bytes pass
            try
            {
                await inner.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                Failed = true;
                throw;
            }

            sending.WriteEnds();
            Report(chunk.Length);
            buffer = buffer[chunk.Length..];
        }
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    // Whoever writes here reads a file, or compresses: work that is spared when the server has answered already.
    private void CheckWanted()
    {
        if (!sending.IsBodyUnwanted) return;

        Failed = true;
        throw new UnwantedBodyException();
    }

    private void Report(int bytes)
    {
        _written += bytes;
        if (progress is null) return;

        try
        {
            progress.Report(new(_written, total));
        }
        catch (Exception e)
        {
            throw new CallerException(e); // the caller's own, and no failure of the content
        }
    }
}
