namespace RequestsAsync;

/// <summary>The server redirected more often than <c>MaxRedirects</c> allows; the last response is in <see cref="RequestException.Response"/>.</summary>
public sealed class TooManyRedirectsException : RedirectException
{
    /// <inheritdoc cref="RequestException(string, Exception?)"/>
    public TooManyRedirectsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
