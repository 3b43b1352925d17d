using System.Net.Sockets;
using System.Security.Authentication;

namespace RequestsAsync;

/// <summary>What is worth another attempt, decided without sending anything.</summary>
internal static class RetryRule
{
    /// <summary>After an answer: the statuses that pass, for methods that may be carried out twice.</summary>
    public static RetryVerdict AfterAnswer(Retry retry, HttpMethod method, int status) =>
        retry.Covers(status) ? IfRepeatable(retry, method) : RetryVerdict.No;

    /// <summary>After a failure: for every method if nothing was sent, and otherwise for methods that may be carried out twice.</summary>
    public static RetryVerdict AfterFailure(Retry retry, HttpMethod method, RequestException error)
    {
        switch (error)
        {
            case ConnectException or RequestTimeoutException { Phase: TimeoutPhase.Connect or TimeoutPhase.Tls }:
            case NameResolutionException when IsNameServerTrouble(error):
            case ProxyException or TlsException when IsNetworkTrouble(error):
                return RetryVerdict.Yes;
            case ConnectionLostException or RequestTimeoutException { Phase: TimeoutPhase.Read or TimeoutPhase.Write }:
                return IfRepeatable(retry, method);
            default:
                return RetryVerdict.No;
        }
    }

    /// <summary>Whether not even the caller can want another attempt: the request is wrong, or the time of the whole call is over.</summary>
    public static bool IsFinal(RequestException? error) => error is InvalidRequestException or RequestTimeoutException { Phase: TimeoutPhase.Total };

    /// <summary>Why the content cannot be sent again, or <see langword="null"/> when it can; it can too when the last attempt never came to it.</summary>
    public static string? ObstacleOf(Body? body) => body is { IsSpent: true } ? "its content came from a stream that can be read only once" : null;

    // RFC 9110 §9.2.2: who sent a request that is not idempotent does not know whether it was carried out.
    private static RetryVerdict IfRepeatable(Retry retry, HttpMethod method) =>
        retry.Covers(method) ? RetryVerdict.Yes : RetryVerdict.Not($"{method} is none of the methods that may be carried out twice (Retry.Methods)");

    // A name server that cannot tell now may tell later; that a name does not exist is an answer.
    private static bool IsNameServerTrouble(RequestException error) =>
        InnermostOf(error) is SocketException { SocketErrorCode: SocketError.TryAgain or SocketError.TimedOut };

    // The connection broke or never came about, as against somebody's refusal: of a certificate, of a login, of a name.
    private static bool IsNetworkTrouble(RequestException error)
    {
        for (Exception? cause = error.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException) return false;
        }

        return InnermostOf(error) is IOException or SocketException { SocketErrorCode: not (SocketError.HostNotFound or SocketError.NoData) };
    }

    private static Exception InnermostOf(Exception e)
    {
        while (e.InnerException is { } inner)
            e = inner;

        return e;
    }
}
