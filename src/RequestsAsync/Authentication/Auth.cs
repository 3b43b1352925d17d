namespace RequestsAsync;

/// <summary>Proves who sends a request. The usual schemes are made here; another one derives from this class.</summary>
/// <remarks>
/// <para>Precedence: the request's own <see cref="RequestOptions.Auth"/>, an <c>Authorization</c> header set by hand, user name and password in the URL,
/// the session's <see cref="SessionOptions.Auth"/>, netrc. A redirect to another origin drops it.</para>
/// <para>One object serves any number of requests at once, so an own scheme keeps what belongs to one request in <see cref="OutgoingRequest.State"/>.
/// A pair of strings converts to Basic: <c>Auth = ("user", "pass")</c>.</para>
/// </remarks>
public abstract class Auth
{
    /// <summary>Sends no credentials, also where the session or netrc has some.</summary>
    public static Auth None { get; } = new NoAuth();

    /// <summary>Whether a redirect to another origin ends it; only what looks its secret up by host is not bound.</summary>
    internal virtual bool IsBoundToOrigin => true;

    /// <summary>Whether it writes the field of the side that asks; one that always writes <c>Authorization</c> would tell the origin the proxy's secret.</summary>
    internal virtual bool WorksAtProxies => false;

    /// <summary>User name and password in every request (RFC 7617), in UTF-8. Only over TLS is it a secret.</summary>
    /// <param name="userName">The user name, without a colon.</param>
    /// <param name="password">The password.</param>
    /// <exception cref="InvalidRequestException">The user name holds a colon, or one of them a control character.</exception>
    public static Auth Basic(string userName, string password) => new BasicAuth(userName, password);

    /// <summary>
    /// A proof of the password in answer to the challenge of a server or a proxy (RFC 7616): MD5, SHA-256, SHA-512-256 and SHA-512, each with -sess, qop auth and auth-int, userhash.
    /// The nonce is used again, so only the first request to a server is sent twice.
    /// </summary>
    /// <param name="userName">The user name.</param>
    /// <param name="password">The password.</param>
    public static Auth Digest(string userName, string password) => new DigestAuth(userName, password);

    /// <summary>A token in every request (RFC 6750).</summary>
    /// <param name="token">The token.</param>
    /// <exception cref="InvalidRequestException">The token holds something that no header may.</exception>
    public static Auth Bearer(string token) => new BearerAuth(token);

    /// <summary>A token from a source, kept until the server refuses it with 401; then the source is asked once more and the request sent again.</summary>
    /// <param name="source">Where the token comes from. Of many requests that need one at once, one asks and all others wait for its answer.</param>
    public static Auth Bearer(Func<CancellationToken, ValueTask<string>> source) => new RefreshingBearerAuth(source);

    /// <summary>The credentials that a netrc file has for each host, sent as Basic; a host without an entry gets none.</summary>
    /// <param name="path">The file; where it is <see langword="null"/> <c>$NETRC</c>, <c>~/.netrc</c> or <c>~/_netrc</c>, whichever is there first.</param>
    /// <exception cref="InvalidRequestException">When a request is sent: the file cannot be read, or a line of it is no netrc.</exception>
    public static Auth Netrc(string? path = null) => new NetrcAuth(path, isImplied: false);

    /// <summary>User name and password, sent as Basic.</summary>
    /// <param name="credentials">Both.</param>
    public static implicit operator Auth((string UserName, string Password) credentials) => Basic(credentials.UserName, credentials.Password);

    /// <summary>Adds the credentials. Called before each sending: the first, and each one that <see cref="ShouldSendAgainAsync"/> asked for.</summary>
    /// <param name="request">What is about to be sent; set its <see cref="OutgoingRequest.Headers"/>.</param>
    /// <param name="cancellationToken">Ends with the call.</param>
    /// <returns>Complete at once, if the scheme is to work in the blocking verbs too.</returns>
    protected internal abstract ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken);

    /// <summary>Looks at an answer and says whether the request is to be sent again. At most ten sendings are made.</summary>
    /// <param name="request">What was sent.</param>
    /// <param name="response">The answer, its body not read yet.</param>
    /// <param name="cancellationToken">Ends with the call.</param>
    /// <returns><see langword="false"/>, unless a scheme says otherwise.</returns>
    protected internal virtual ValueTask<bool> ShouldSendAgainAsync(OutgoingRequest request, Response response, CancellationToken cancellationToken) => new(false);

    private sealed class NoAuth : Auth
    {
        // Else a redirect would look for other credentials.
        internal override bool IsBoundToOrigin => false;

        internal override bool WorksAtProxies => true;

        protected internal override ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
