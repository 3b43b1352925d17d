using System.Net;

namespace RequestsAsync;

/// <summary>A session as the runtime's own kind of handler, for libraries that take an <see cref="HttpClient"/>.</summary>
/// <remarks>Failures are those that such libraries know: <see cref="HttpRequestException"/>, and <see cref="TaskCanceledException"/> for a timeout.</remarks>
internal sealed class SessionHandler(Session session) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Answer(request, await session.SendAsync(Describe(request), stream: true, async: true, inBatch: false, cancellationToken).ConfigureAwait(false));
        }
        catch (RequestException e)
        {
            throw Translate(e);
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Answer(request, Blocking.Complete(session.SendAsync(Describe(request), stream: true, async: false, inBatch: false, cancellationToken)));
        }
        catch (RequestException e)
        {
            throw Translate(e);
        }
    }

    private static Request Describe(HttpRequestMessage message)
    {
        RequestOptions options = new();
        Copy(message.Headers.NonValidated, options.Headers);
        if (message.Content is { } content)
        {
            Copy(content.Headers.NonValidated, options.Headers);
            options.Content = new HttpContentBody(content);
        }

        return new(message.Method.Method, message.RequestUri?.OriginalString ?? "", options);
    }

    private static void Copy(System.Net.Http.Headers.HttpHeadersNonValidated from, Headers to)
    {
        // Joined as the field wants it: the products of a User-Agent by spaces, others by commas.
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in from)
            to.Add(name, values.ToString());
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, Response response)
    {
        HttpResponseMessage answer = new((HttpStatusCode)response.StatusCode)
        {
            ReasonPhrase = response.Reason,
            Version = response.HttpVersion,
            RequestMessage = request,
            Content = new StreamContent(new HandlerBodyStream(response.OpenStream())),
        };
        request.RequestUri = response.Url.ToOrdinaryUri();
        foreach ((string name, string value) in response.Headers)
        {
            // As the runtime does after decompression: what described the coded bytes would lie about the decoded ones.
            if (response.IsDecoded && (Headers.SameName(name, "Content-Encoding") || Headers.SameName(name, "Content-Length"))) continue;
            if (!answer.Headers.TryAddWithoutValidation(name, value)) answer.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    /// <summary>A failure as users of <see cref="HttpClient"/> know it.</summary>
    internal static Exception Translate(RequestException e) => e switch
    {
        RequestTimeoutException => new TaskCanceledException(e.Message, new TimeoutException(e.Message, e)),
        NameResolutionException => new HttpRequestException(HttpRequestError.NameResolutionError, e.Message, e),
        ConnectException => new HttpRequestException(HttpRequestError.ConnectionError, e.Message, e),
        TlsException => new HttpRequestException(HttpRequestError.SecureConnectionError, e.Message, e),
        ProxyException => new HttpRequestException(HttpRequestError.ProxyTunnelError, e.Message, e),
        ConnectionLostException => new HttpRequestException(HttpRequestError.ResponseEnded, e.Message, e),
        ProtocolException => new HttpRequestException(HttpRequestError.InvalidResponse, e.Message, e),
        _ => new HttpRequestException(HttpRequestError.Unknown, e.Message, e),
    };
}
