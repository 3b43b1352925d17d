namespace RequestsAsync.Testing;

/// <summary>Where the bytes of a body come from.</summary>
internal interface IPieceSource : IDisposable
{
    /// <summary>Reads no more than the buffer holds, and no more than one piece; 0 at the end.</summary>
    int Read(Span<byte> buffer);

    /// <inheritdoc cref="Read"/>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Whether the next read begins a piece.</summary>
    bool IsAtStart { get; }

    /// <summary>Whether there may be more to read.</summary>
    bool HasMore { get; }
}
