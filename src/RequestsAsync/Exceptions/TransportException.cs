namespace RequestsAsync;

/// <summary>The network or the peer failed before a whole response was here.</summary>
public class TransportException : RequestException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public TransportException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
