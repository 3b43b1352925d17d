namespace RequestsAsync;

/// <summary>The session's address policy forbids the address that the host name stands for.</summary>
public sealed class BlockedAddressException : TransportException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public BlockedAddressException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
