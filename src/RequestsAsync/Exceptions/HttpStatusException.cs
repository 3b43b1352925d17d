namespace RequestsAsync;

/// <summary>The response's status says that the request failed; thrown by <see cref="Response.EnsureSuccess"/>, with the response and its body.</summary>
public sealed class HttpStatusException : RequestException
{
    /// <summary>Creates the exception for a response.</summary>
    /// <param name="message">Method, URL, status and how the body begins.</param>
    /// <param name="response">The response.</param>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is <see langword="null"/>.</exception>
    public HttpStatusException(string message, Response response)
        : base(message)
    {
        ArgumentNullException.ThrowIfNull(response);
        Response = response;
        Request = response.Request;
        Attempts = response.Attempts;
    }

    /// <summary>The status code, 404 for example.</summary>
    public int StatusCode => Response!.StatusCode;
}
