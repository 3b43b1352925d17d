namespace RequestsAsync;

/// <summary>What a decoder reads from: counts the bytes, and tells whether the decoder wanted more after their end.</summary>
/// <remarks>
/// The decoders of .NET take an early end of the data for its end, so cut-off data passes for whole. But a decoder that has seen the
/// end mark asks for no more, with one exception: after a gzip member it asks whether another follows (RFC 1952 §2.2). There a
/// byte that begins no member answers it, and a decoder that was still inside a member goes on asking.
/// </remarks>
internal sealed class CodedStream(Stream inner, bool isGzip) : ReadOnlyStream
{
    private int _asksPastEnd;

    /// <summary>The bytes read so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the data ended before the decoder saw its end mark. No data at all is whole: HEAD and 304 carry none.</summary>
    public bool IsCutOff => Count > 0 && _asksPastEnd > (isGzip ? 1 : 0);

    public override int Read(Span<byte> buffer)
    {
        if (_asksPastEnd == 0 && inner.Read(buffer) is > 0 and int read) return Note(read);
        return AnswerPastEnd(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_asksPastEnd == 0 && await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read) return Note(read);
        return AnswerPastEnd(buffer.Span);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Note(int read)
    {
        Count += read;
        return read;
    }

    private int AnswerPastEnd(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;

        _asksPastEnd++;
        if (!isGzip || _asksPastEnd > 1 || Count == 0) return 0;

        buffer[0] = 0;
        return 1;
    }
}
