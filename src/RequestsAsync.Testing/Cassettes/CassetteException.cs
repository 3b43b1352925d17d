namespace RequestsAsync.Testing;

/// <summary>A cassette cannot do what it is asked for: its file is no HTTP Archive, or a body is too long to be recorded.</summary>
/// <remarks>It passes through a <see cref="Session"/> and an <see cref="HttpClient"/> as it is.</remarks>
public class CassetteException : RequestException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public CassetteException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
