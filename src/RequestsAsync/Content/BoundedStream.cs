namespace RequestsAsync;

/// <summary>The first bytes of a stream, exactly so many; to have fewer is an error.</summary>
internal sealed class BoundedStream(Stream inner, long length) : ReadOnlyStream
{
    private long _rest = length;

    public override int Read(Span<byte> buffer)
    {
        if (_rest == 0) return 0;

        int asked = (int)Math.Min(buffer.Length, _rest);
        return Note(inner.Read(buffer[..asked]), asked);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest == 0) return 0; // to read nothing would wait until there is something

        int asked = (int)Math.Min(buffer.Length, _rest);
        return Note(await inner.ReadAsync(buffer[..asked], cancellationToken).ConfigureAwait(false), asked);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Note(int read, int asked)
    {
        if (read == 0 && asked > 0) throw new ConnectionLostException($"the body ended {_rest} bytes too early.");

        _rest -= read;
        return read;
    }
}
