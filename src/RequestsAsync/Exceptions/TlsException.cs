namespace RequestsAsync;

/// <summary>The TLS handshake failed; the message names the host and the reason.</summary>
public sealed class TlsException : TransportException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public TlsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
