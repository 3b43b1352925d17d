namespace RequestsAsync;

/// <summary>The body's gzip, deflate or br data is damaged or cut off.</summary>
public sealed class DecodingException : ContentException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public DecodingException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
