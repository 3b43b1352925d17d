namespace RequestsAsync;

/// <summary>The decoded side of one content coding: refuses bombs, and names damaged or missing data for what it is.</summary>
/// <param name="decoder">The decoder, which reads from <paramref name="coded"/>.</param>
/// <param name="coded">This coding's data.</param>
/// <param name="wire">The data as it came over the network, under every coding.</param>
internal sealed class DecodingStream(Stream decoder, CodedStream coded, CodedStream wire) : ReadOnlyStream
{
    private const long HarmlessBytes = 10L << 20; // nobody is hurt by these, and a page of blanks may shrink beyond every ratio
    private const long MaxRatio = 1000;

    private long _count;
    private bool _isDrained;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            int read = Check(decoder.Read(buffer), buffer.Length);
            if (IsAtEnd(read, buffer.Length)) _ = coded.Read(new byte[1]);
            return read;
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            int read = Check(await decoder.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);
            if (IsAtEnd(read, buffer.Length)) _ = await coded.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false);
            return read;
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) decoder.Dispose();
        base.Dispose(disposing);
    }

    private int Check(int read, int asked)
    {
        _count += read;
        if (_count > HarmlessBytes && _count / MaxRatio > wire.Count)
            throw new BodyTooLargeException($"The body expanded from {wire.Count} to more than {_count} bytes, over {MaxRatio}:1: a decompression bomb.");

        if (read == 0 && asked > 0 && coded.IsCutOff) throw Damaged(null);
        return read;
    }

    // A decoder stops at its end mark, and what tells the transport that the message is whole may come after that: the last chunk, with the
    // trailers in it. Only who reads on gets those and gives the connection back.
    private bool IsAtEnd(int read, int asked)
    {
        if (read > 0 || asked == 0 || _isDrained || coded != wire) return false;

        _isDrained = true;
        return true;
    }

    // BrotliStream reports damage as InvalidOperationException, the others as InvalidDataException.
    private static bool IsDamage(Exception e) => e is InvalidDataException or InvalidOperationException and not ObjectDisposedException;

    private static DecodingException Damaged(Exception? cause) => new("The body's compressed data is damaged or cut off.", cause);
}
