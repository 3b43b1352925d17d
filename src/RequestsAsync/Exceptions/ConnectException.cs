namespace RequestsAsync;

/// <summary>No connection: nobody listens there, or the network does not reach it.</summary>
public sealed class ConnectException : TransportException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public ConnectException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
