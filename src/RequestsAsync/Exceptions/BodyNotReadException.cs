namespace RequestsAsync;

/// <summary>The body of a streamed response is asked for before it was read: <c>await r.ReadAsync()</c> first.</summary>
public sealed class BodyNotReadException : RequestException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public BodyNotReadException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
