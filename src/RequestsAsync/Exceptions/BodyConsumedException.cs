namespace RequestsAsync;

/// <summary>The body of a streamed response was already read as a stream and is gone.</summary>
public sealed class BodyConsumedException : RequestException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public BodyConsumedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
