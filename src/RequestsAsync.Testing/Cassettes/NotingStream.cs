namespace RequestsAsync.Testing;

/// <summary>Passes on what is written to it, and notes it. The stream below stays open.</summary>
/// <param name="inner">Where to.</param>
/// <param name="bytes">Takes the note.</param>
internal sealed class NotingStream(Stream inner, RecordedBytes bytes) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        bytes.Add(buffer);
        inner.Write(buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        bytes.Add(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}
