namespace RequestsAsync;

/// <summary>A body that can be read only once was read already: that of a streamed response, or the content of a request that would have to be sent again.</summary>
public sealed class BodyConsumedException : RequestException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public BodyConsumedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
