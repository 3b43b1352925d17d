namespace RequestsAsync.Testing;

/// <summary>Where two JSON values say different things.</summary>
/// <param name="Path">The JSONPath (RFC 9535) of the place.</param>
/// <param name="Expected">What one of them has there, secrets hidden; <see langword="null"/> for nothing.</param>
/// <param name="Actual">What the other has.</param>
internal sealed record JsonDifference(string Path, string? Expected, string? Actual)
{
    /// <summary>How many items an array has in the one and in the other, where that is what differs.</summary>
    public (int Expected, int Actual)? Counts { get; init; }
}
