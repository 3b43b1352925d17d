using System.Net.Sockets;
using System.Security.Authentication;

namespace RequestsAsync;

/// <summary>Turns what the transport throws into the typed exceptions of this library, with the request and the attempt in the message.</summary>
internal static class Failure
{
    /// <summary>The exception to throw instead of <paramref name="e"/>; itself when the caller should see it as it is.</summary>
    public static Exception Translate(Exception e, Request request, PreparedRequest? prepared, int attempts, Deadline? deadline, Sending? sending)
    {
        string what = prepared?.ToString() ?? $"{request.Method} {UrlText.Shown(request.Url)}";
        Exception translated = e switch
        {
            CallerException { InnerException: { } own } => own,
            RequestException { Request: not null } => e,

            // What reading finds when its connection was taken away is a consequence and not the reason.
            RequestException known when deadline is not { IsOver: true } || known is not (DecodingException or ConnectionLostException) => Rephrase(known, what, attempts),
            HttpRequestException { InnerException: RequestException known } => Rephrase(known, what, attempts), // raised while connecting
            _ => deadline?.EndedBy switch
            {
                EndedBy.Caller => new OperationCanceledException($"{what}: cancelled by the caller.", e, deadline!.CallerToken),
                EndedBy.Session => new ObjectDisposedException(nameof(Session), $"{what}: the session was disposed while the request was under way."),
                EndedBy.Timeout => OfTimeout(e, what, attempts, deadline!, sending),
                _ => OfTransport(e, what, attempts),
            },
        };

        if (translated is RequestException { Request: null } failed)
        {
            failed.Request = request;
            failed.Attempts = attempts;
        }

        return translated;
    }

    /// <summary>The same failure with something added to its message.</summary>
    public static RequestException WithNote(RequestException e, string note)
    {
        RequestException noted = Renew(e, e.Message + note);
        noted.Request = e.Request;
        noted.Response = e.Response;
        noted.Attempts = e.Attempts;
        return noted;
    }

    private static RequestTimeoutException OfTimeout(Exception e, string what, int attempts, Deadline deadline, Sending? sending)
    {
        TimeoutPhase phase = deadline.Expired ?? TimeoutPhase.Total;
        string limit = Seconds(phase == TimeoutPhase.Total ? deadline.Total : deadline.Limits.Of(phase));
        string reason = phase switch
        {
            TimeoutPhase.Pool => $"no place became free within {limit}, with as many connections in use as the limits allow",
            TimeoutPhase.Write => $"the server took no more of the request for {limit}",
            TimeoutPhase.Read => $"no byte of the response came for {limit}",
            _ => $"it took longer than the total of {limit}",
        };
        Timings? timings = sending?.ToTimings(deadline.Time);
        string spent = timings is null ? "" : $"; {TimesText.Of(timings)}";
        return new RequestTimeoutException($"{what} timed out: {reason} (attempt {attempts}{spent}).", phase, e) { Timings = timings };
    }

    /// <summary>Seconds as a person writes them.</summary>
    public static string Seconds(TimeSpan time) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    // The parts of the library that raise these know neither the URL nor the attempt.
    private static RequestException Rephrase(RequestException e, string what, int attempts) =>
        Renew(e, attempts == 0 ? $"{what}: {e.Message} Nothing was sent." : $"{what} failed on attempt {attempts}: {e.Message}");

    private static RequestException Renew(RequestException e, string message) => e switch
    {
        InvalidRequestException => new InvalidRequestException(message, e.InnerException),
        TooManyRedirectsException => new TooManyRedirectsException(message, e.InnerException) { Response = e.Response },
        RedirectException => new RedirectException(message, e.InnerException) { Response = e.Response },
        DecodingException => new DecodingException(message, e.InnerException),
        ConnectionLostException => new ConnectionLostException(message, e.InnerException),
        ProtocolException => new ProtocolException(message, e.InnerException),
        BodyTooLargeException => new BodyTooLargeException(message, e.InnerException),
        ProxyException => new ProxyException(message, e.InnerException),
        NameResolutionException => new NameResolutionException(message, e.InnerException),
        ConnectException => new ConnectException(message, e.InnerException),
        TlsException => new TlsException(message, e.InnerException),
        BlockedAddressException => new BlockedAddressException(message, e.InnerException),
        CircuitOpenException open => new CircuitOpenException(message, open.RetryAfter),
        RateLimitException limited => new RateLimitException(message, limited.RetryAfter, e.InnerException),
        RequestTimeoutException timeout => new RequestTimeoutException(message, timeout.Phase, e.InnerException) { Timings = timeout.Timings },
        BodyConsumedException => new BodyConsumedException(message, e.InnerException) { Response = e.Response },
        TransportException when e.GetType() == typeof(TransportException) => new TransportException(message, e.InnerException),
        _ => e.GetType() == typeof(RequestException) ? new RequestException(message, e.InnerException) : e,
    };

    private static Exception OfTransport(Exception e, string what, int attempts)
    {
        string failed = $"{what} failed on attempt {attempts}: ";
        switch (e)
        {
            case OperationCanceledException { InnerException: TimeoutException }:
                // A foreign transport's own limit; it reports it as a cancellation.
                return new RequestTimeoutException(failed + "no connection within the transport's own connect timeout. The host drops packets, or is too far away.", TimeoutPhase.Connect, e);
            case HttpRequestException http:
                return OfHttpRequest(http, failed);
            case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                return Lost("the connection closed before the whole body was here.");
            case HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError }:
                return new ProtocolException(failed + $"the response breaks the rules of HTTP: {e.Message}", e);
            case IOException or SocketException:
                return Lost(Reason(e));
            case ObjectDisposedException { ObjectName: var name } disposed when name.Contains("Http", StringComparison.Ordinal) || name.Contains("Session", StringComparison.Ordinal):
                return new ObjectDisposedException(nameof(Session), disposed);
            case NotSupportedException when attempts == 1:
                return new InvalidRequestException(failed + $"the transport does not support it: {e.Message}", e);
            default:
                return new TransportException(failed + e.Message, e);
        }

        ConnectionLostException Lost(string reason) => new(failed + reason, e);
    }

    private static TransportException OfHttpRequest(HttpRequestException e, string failed)
    {
        switch (e.HttpRequestError)
        {
            case HttpRequestError.NameResolutionError:
                return new NameResolutionException(failed + Reason(e), e);
            case HttpRequestError.ConnectionError:
                return new ConnectException(failed + Reason(e), e);
            case HttpRequestError.SecureConnectionError:
                return new TlsException(failed + $"the TLS handshake failed: {Reason(e)}", e);
            case HttpRequestError.ProxyTunnelError:
                return new ProxyException(failed + $"the proxy opened no tunnel: {e.Message}", e);
            case HttpRequestError.ConfigurationLimitExceeded:
                return new ProtocolException(failed + $"the header fields of the response are larger than MaxHeaderBytes allows: {e.Message}", e);
            case HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError
                or HttpRequestError.VersionNegotiationError or HttpRequestError.ExtendedConnectNotSupported:
                return new ProtocolException(failed + $"the response breaks the rules of HTTP: {e.Message}", e);
            case HttpRequestError.ResponseEnded:
                return new ConnectionLostException(failed + "the server closed the connection before it answered.", e);
        }

        return e.InnerException switch
        {
            AuthenticationException => new TlsException(failed + $"the TLS handshake failed: {Reason(e)}", e),
            IOException or SocketException => new ConnectionLostException(failed + Reason(e), e),
            _ => new TransportException(failed + Reason(e), e),
        };
    }

    // The outermost message of the runtime is often "An error occurred while sending the request"; the innermost says what happened.
    public static string Reason(Exception e)
    {
        Exception innermost = e;
        while (innermost.InnerException is { } inner)
            innermost = inner;

        return innermost is SocketException socket ? Describe(socket) : innermost.Message;
    }

    private static string Describe(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused. Nothing listens on that port.",
        SocketError.ConnectionReset => "the connection was reset by the other side.",
        SocketError.HostNotFound or SocketError.NoData => "unknown host. Is it spelled right?",
        SocketError.TryAgain => "the name server did not answer. Is the network up?",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no route to it. Is the network up?",
        SocketError.TimedOut => "the other side did not answer in time.",
        _ => e.Message,
    };
}
