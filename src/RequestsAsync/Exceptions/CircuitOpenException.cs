namespace RequestsAsync;

/// <summary>The host failed too often lately and is left alone for a while: see <see cref="CircuitBreaker"/>. Nothing was sent.</summary>
public sealed class CircuitOpenException : TransportException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which host, how often it failed, and when it is tried again.</param>
    /// <param name="retryAfter">When it is tried again.</param>
    /// <param name="innerException">The cause.</param>
    public CircuitOpenException(string message, TimeSpan retryAfter, Exception? innerException = null)
        : base(message, innerException) => RetryAfter = retryAfter;

    /// <summary>How long after the refusal the next request is let through to find out whether the host works again.</summary>
    public TimeSpan RetryAfter { get; }
}
