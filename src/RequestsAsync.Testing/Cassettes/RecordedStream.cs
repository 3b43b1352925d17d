namespace RequestsAsync.Testing;

/// <summary>Reads a body and notes what was read, when, and how it ended.</summary>
/// <param name="inner">The body.</param>
/// <param name="recording">Takes the note.</param>
internal sealed class RecordedStream(Stream inner, Recording recording) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (Exception e) when (recording.Break(e))
        {
            throw;
        }

        if (buffer.Length > 0) recording.Add(buffer[..read]);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (recording.Break(e))
        {
            throw;
        }

        if (buffer.Length > 0) recording.Add(buffer.Span[..read]);
        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
