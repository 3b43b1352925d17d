namespace RequestsAsync;

// RequestException (Request, Response?, Attempts)
// ├─ InvalidRequestException        bad URL, header, method, option: nothing was sent
// ├─ TransportException             the network or the peer failed
// │    ├─ ConnectException          nobody listens, or the network does not reach it
// │    ├─ NameResolutionException   the host name has no address
// │    ├─ TlsException              the handshake failed
// │    ├─ ProxyException            the proxy refused or failed
// │    ├─ ConnectionLostException   closed or reset before the whole response was here
// │    ├─ ProtocolException         the peer did not speak HTTP
// │    ├─ BlockedAddressException   the address policy forbids the address
// │    └─ CircuitOpenException      the host failed too often lately and is left alone
// ├─ RequestTimeoutException        (Phase: Pool, Connect, Tls, Write, Read, Total)
// ├─ RedirectException               a redirect that cannot be followed
// │    └─ TooManyRedirectsException
// ├─ HttpStatusException            from EnsureSuccess; carries the response, body included
// ├─ ContentException               the body cannot be used as asked
// │    ├─ DecodingException         gzip, deflate or br data that is damaged
// │    ├─ BodyTooLargeException     over MaxResponseBytes, or a decompression bomb
// │    ├─ DownloadException         the file exists, is in use, cannot be written or has another checksum
// │    └─ JsonException             the body is not the JSON that was asked for
// ├─ RateLimitException             the user's own rate limiter refused
// └─ BodyNotReadException, BodyConsumedException
//
// The caller's own cancellation is always OperationCanceledException, never one of these.

/// <summary>The base of every failure of a request: catch this one to catch them all.</summary>
/// <remarks>
/// Cancellation by the caller's own token is no failure and stays an <see cref="OperationCanceledException"/>.
/// The shape follows <c>requests.RequestException</c>, which also carries the request and, where there is one, the response.
/// </remarks>
public class RequestException : Exception
{
    /// <summary>Creates the exception with what happened, and where there is one, its cause.</summary>
    /// <param name="message">What happened and what to do about it.</param>
    /// <param name="innerException">The cause, as the runtime reported it.</param>
    public RequestException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The request that failed; <see langword="null"/> only while the exception is still on its way through the library.</summary>
    public Request? Request { get; internal set; }

    /// <summary>The response that the failure belongs to, or <see langword="null"/> when none had arrived.</summary>
    public Response? Response { get; internal set; }

    /// <summary>How many times the request had been put on the network, 0 when it was refused before that.</summary>
    public int Attempts { get; internal set; }
}
