namespace RequestsAsync;

/// <summary>The time for a request, or for one phase of it, ran out. The caller's own cancellation never looks like this.</summary>
public sealed class RequestTimeoutException : RequestException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What ran out, and what to do about it.</param>
    /// <param name="phase">Which limit it was.</param>
    /// <param name="innerException">The cause, as the runtime reported it.</param>
    public RequestTimeoutException(string message, TimeoutPhase phase, Exception? innerException = null)
        : base(message, innerException) => Phase = phase;

    /// <summary>Which limit it was.</summary>
    public TimeoutPhase Phase { get; }

    /// <summary>Where the time went until then, as far as the last sending goes; <see langword="null"/> when nothing was sent.</summary>
    public Timings? Timings { get; internal set; }
}
