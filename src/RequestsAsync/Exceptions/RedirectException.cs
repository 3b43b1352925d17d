namespace RequestsAsync;

/// <summary>A redirect cannot be followed: its Location is unusable, it leads from https to http, or the content cannot be sent again.</summary>
public class RedirectException : RequestException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public RedirectException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
