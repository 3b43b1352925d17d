namespace RequestsAsync.Tests;

/// <summary>A connection whose other side says what it has to say whatever it hears, so many bytes at a time, and then closes.</summary>
internal sealed class ScriptedStream(byte[] answer, int atATime) : MemoryStream(answer, writable: false)
{
    private readonly List<byte> _written = [];

    /// <summary>What this side said.</summary>
    public byte[] Written => [.. _written];

    public override bool CanWrite => true;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(atATime, buffer.Length)], cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _written.AddRange(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
