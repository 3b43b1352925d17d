namespace RequestsAsync;

/// <summary>The peer closed or reset the connection before the whole response was here.</summary>
public sealed class ConnectionLostException : TransportException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public ConnectionLostException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
