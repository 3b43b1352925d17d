namespace RequestsAsync;

/// <summary>The peer's answer is not HTTP, or breaks its framing rules (RFC 9112).</summary>
public sealed class ProtocolException : TransportException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public ProtocolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
