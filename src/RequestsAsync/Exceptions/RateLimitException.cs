namespace RequestsAsync;

/// <summary>The rate limiter that was given by <see cref="RateLimit.From(System.Threading.RateLimiting.RateLimiter)"/> refused the request. Nothing was sent.</summary>
/// <remarks>The library's own limits let wait and never refuse.</remarks>
public sealed class RateLimitException : RequestException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Who refused, and what to do about it.</param>
    /// <param name="retryAfter">When there may be a permit, where the limiter says so.</param>
    /// <param name="innerException">The cause.</param>
    public RateLimitException(string message, TimeSpan? retryAfter, Exception? innerException = null)
        : base(message, innerException) => RetryAfter = retryAfter;

    /// <summary>How long after the refusal there may be a permit; <see langword="null"/> where the limiter does not say.</summary>
    public TimeSpan? RetryAfter { get; }
}
