namespace RequestsAsync;

/// <summary>The host name has no address, or the resolver did not answer.</summary>
public sealed class NameResolutionException : TransportException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public NameResolutionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
