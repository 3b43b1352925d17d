namespace RequestsAsync;

/// <summary>A part of the file that is being fetched: where it is, and where it ends.</summary>
internal sealed class Segment(ByteRange range)
{
    /// <summary>Where the next byte belongs.</summary>
    public long Position { get; set; } = range.Start;

    public long End { get; set; } = range.End;

    public bool IsFull => Position == End;

    public ByteRange Rest => new(Position, End);
}
