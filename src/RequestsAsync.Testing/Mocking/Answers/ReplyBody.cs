namespace RequestsAsync.Testing;

/// <summary>A body, and how it comes. It never changes.</summary>
internal sealed record ReplyBody
{
    /// <summary>No body at all.</summary>
    internal static readonly ReplyBody None = new() { IsEmpty = true, Length = 0 };

    /// <summary>A body that ends at once.</summary>
    internal static readonly ReplyBody OfNothing = Of(default(ReadOnlyMemory<byte>));

    private IReadOnlyList<ReadOnlyMemory<byte>> Pieces { get; init; } = [];

    private Func<Stream>? Source { get; init; }

    internal bool IsEmpty { get; private init; }

    /// <summary>How many bytes it has; <see langword="null"/> when the head does not say.</summary>
    internal long? Length { get; private init; }

    /// <summary>The pause before each piece but the first.</summary>
    internal TimeSpan Interval { get; private init; }

    /// <summary>How much a read gets at most.</summary>
    internal int MaxPiece { get; private init; } = int.MaxValue;

    /// <summary>How many bytes come.</summary>
    internal long Available { get; private init; } = long.MaxValue;

    internal BodyEnd End { get; private init; }

    internal static ReplyBody Of(ReadOnlyMemory<byte> bytes) => new() { Pieces = [bytes], Length = bytes.Length };

    internal static ReplyBody Of(IReadOnlyList<byte[]> pieces) => new() { Pieces = [.. pieces.Where(piece => piece.Length > 0).Select(piece => (ReadOnlyMemory<byte>)piece)] };

    internal static ReplyBody Of(Func<Stream> source) => new() { Source = source };

    internal ReplyBody Dripping(TimeSpan interval, int bytes) => this with { Interval = interval, MaxPiece = Length is null && Source is null ? int.MaxValue : bytes };

    internal ReplyBody EndingAfter(int bytes, BodyEnd end) => this with { Available = bytes, End = end };

    /// <summary>Opens what is to be read.</summary>
    internal IPieceSource Open() => Source is { } open ? new StreamPieces(open()) : new MemoryPieces(Pieces);
}
