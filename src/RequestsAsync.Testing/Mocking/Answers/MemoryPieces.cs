namespace RequestsAsync.Testing;

/// <summary>Pieces in memory.</summary>
internal sealed class MemoryPieces(IReadOnlyList<ReadOnlyMemory<byte>> pieces) : IPieceSource
{
    private int _piece;
    private int _at;

    public bool IsAtStart => _piece + 1 < pieces.Count ? _at == 0 || _at == pieces[_piece].Length : _piece < pieces.Count && _at == 0;

    public bool HasMore => _piece + 1 < pieces.Count || (_piece < pieces.Count && _at < pieces[_piece].Length);

    public int Read(Span<byte> buffer)
    {
        while (_piece < pieces.Count && _at == pieces[_piece].Length)
        {
            _piece++;
            _at = 0;
        }

        if (_piece == pieces.Count) return 0;

        ReadOnlySpan<byte> rest = pieces[_piece].Span[_at..];
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        _at += count;
        return count;
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => new(Read(buffer.Span));

    public void Dispose()
    {
        // Memory needs no freeing.
    }
}
