namespace RequestsAsync;

/// <summary>The response arrived, but its body cannot be used as asked.</summary>
public class ContentException : RequestException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public ContentException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
