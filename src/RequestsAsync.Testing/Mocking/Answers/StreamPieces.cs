namespace RequestsAsync.Testing;

/// <summary>A stream, in whatever it hands out at once.</summary>
internal sealed class StreamPieces(Stream stream) : IPieceSource
{
    public bool IsAtStart => true;

    public bool HasMore => true; // who knows

    public int Read(Span<byte> buffer) => stream.Read(buffer);

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => stream.ReadAsync(buffer, cancellationToken);

    public void Dispose() => stream.Dispose();
}
