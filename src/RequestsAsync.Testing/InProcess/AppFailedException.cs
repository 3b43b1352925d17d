namespace RequestsAsync.Testing;

/// <summary>The application in process threw while it answered, and nothing of the answer was sent. The message says what it threw and where; the cause is what it threw.</summary>
/// <remarks>
/// Over a network it would be a status 500 without a word, or a lost connection. It is never sent again by a retry. Once the head of the answer is out, a
/// failure of the application is a <see cref="ConnectionLostException"/> with the same cause, as over the network.
/// </remarks>
public sealed class AppFailedException : RequestException
{
    internal AppFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
