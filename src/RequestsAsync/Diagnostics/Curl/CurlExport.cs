namespace RequestsAsync;

/// <summary>Requests as curl commands, for a bug report, a colleague, or a try in the shell.</summary>
/// <remarks>
/// <para>The command is for a POSIX shell and sends the same request byte by byte but for the order of header fields and the boundary of a multipart
/// form. It holds whatever secrets the request holds: look at it before you pass it on.</para>
/// <para>What it cannot tell is left out: tokens from a source (<see cref="Auth.Bearer(Func{CancellationToken, ValueTask{string}})"/>), own
/// <see cref="Auth"/> schemes, hooks and middleware, certificates in memory, retries. Content that can be read only once is read from curl's input.</para>
/// </remarks>
public static class CurlExport
{
    /// <summary>The command for a request, as a session without options sends it.</summary>
    /// <param name="request">The request; nothing is sent.</param>
    /// <returns><c>curl --request PUT --header 'X: 1' … URL</c>, in one line unless the content has more.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidRequestException">The request could not be sent: its URL is relative, for example.</exception>
    public static string ToCurl(this Request request) => ToCurl(request, new SessionOptions());

    /// <summary>The command for a request, as a session of these options sends it.</summary>
    /// <inheritdoc cref="ToCurl(Request)"/>
    /// <param name="request">The request; nothing is sent.</param>
    /// <param name="session">The session's options: its headers, cookies, credentials, proxy, TLS, time limits and redirects count.</param>
    public static string ToCurl(this Request request, SessionOptions session)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(session);
        return new CurlWords(new SessionSettings(session), request).ToString();
    }

    /// <summary>The command for a request, as this session would send it now, cookies included.</summary>
    /// <inheritdoc cref="ToCurl(Request)"/>
    /// <param name="session">The session.</param>
    /// <param name="request">The request; nothing is sent.</param>
    public static string ToCurl(this Session session, Request request)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        return new CurlWords(session.Settings, request).ToString();
    }
}
