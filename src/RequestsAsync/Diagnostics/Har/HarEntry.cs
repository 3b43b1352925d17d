namespace RequestsAsync;

/// <summary>What a log keeps of one request until it is written.</summary>
/// <param name="Started">When it was started.</param>
internal abstract record HarEntry(DateTimeOffset Started)
{
    /// <summary>It was answered.</summary>
    /// <param name="Response">The answer, which knows its request.</param>
    /// <param name="Started">When it was started.</param>
    public sealed record Answered(Response Response, DateTimeOffset Started) : HarEntry(Started);

    /// <summary>It was not answered, or never sent.</summary>
    /// <param name="Request">What was asked for.</param>
    /// <param name="Started">When it was started.</param>
    /// <param name="Elapsed">How long it took to fail.</param>
    /// <param name="Error">Why, or <see langword="null"/> for one that was not sent.</param>
    public sealed record Failed(Request Request, DateTimeOffset Started, TimeSpan Elapsed, string? Error) : HarEntry(Started);
}
