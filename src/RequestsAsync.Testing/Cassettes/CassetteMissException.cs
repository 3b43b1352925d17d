namespace RequestsAsync.Testing;

/// <summary>A request that is not on the cassette. The message names the nearest entry and says what is different.</summary>
public sealed class CassetteMissException : CassetteException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public CassetteMissException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
