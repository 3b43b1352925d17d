namespace RequestsAsync;

/// <summary>The proxy refused the request or could not carry it out.</summary>
public sealed class ProxyException : TransportException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public ProxyException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
