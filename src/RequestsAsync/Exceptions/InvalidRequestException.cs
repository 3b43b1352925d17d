namespace RequestsAsync;

/// <summary>The URL, a header, the method or an option is wrong. Nothing was sent.</summary>
public sealed class InvalidRequestException : RequestException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public InvalidRequestException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
