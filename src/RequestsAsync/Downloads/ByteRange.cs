namespace RequestsAsync;

/// <summary>Bytes of a file, from one position up to another.</summary>
/// <param name="Start">The position of the first byte.</param>
/// <param name="End">The position after the last one; <see cref="Unknown"/> where nobody knows how long the file is.</param>
internal readonly record struct ByteRange(long Start, long End)
{
    public const long Unknown = long.MaxValue;

    public long Length => End - Start;

    /// <summary>As a request asks for it (RFC 9110 §14.1.2), where the last position is inclusive.</summary>
    public override string ToString() => End == Unknown ? FormattableString.Invariant($"bytes={Start}-") : FormattableString.Invariant($"bytes={Start}-{End - 1}");
}
