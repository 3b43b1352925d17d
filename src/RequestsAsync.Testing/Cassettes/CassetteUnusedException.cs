namespace RequestsAsync.Testing;

/// <summary>Entries of a cassette that no request has asked for; the message lists them.</summary>
public sealed class CassetteUnusedException : CassetteException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public CassetteUnusedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
