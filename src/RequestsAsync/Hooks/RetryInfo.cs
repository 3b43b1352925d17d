namespace RequestsAsync;

/// <summary>A request that is about to be sent once more.</summary>
/// <param name="Sending">Which sending it will be: 2 for the first repetition.</param>
/// <param name="Response">The answer that asks for it, such as a 401; <see langword="null"/> when none came.</param>
/// <param name="Error">What went wrong instead; <see langword="null"/> when an answer came.</param>
/// <remarks><see cref="Retry.When"/> sees it before it is decided, and then with whatever answer came.</remarks>
public sealed record RetryInfo(int Sending, Response? Response, RequestException? Error)
{
    /// <summary>How long the wait is until then.</summary>
    /// <value>Zero for a round of authentication, which waits for nothing.</value>
    public TimeSpan Delay { get; init; }
}
