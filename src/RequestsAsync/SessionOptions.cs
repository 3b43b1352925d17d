using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RequestsAsync;

/// <summary>What a <see cref="Session"/> does for every request, unless the request says otherwise.</summary>
/// <remarks>The session takes a copy when it is made; changing the options afterwards changes nothing.</remarks>
public sealed class SessionOptions
{
    /// <summary>What relative URLs are joined to (RFC 3986 §5). Its path must end with <c>/</c>, or its last segment would get lost.</summary>
    /// <value>Default: <see langword="null"/>, every URL must be absolute.</value>
    public string? BaseAddress { get; set; }

    /// <summary>
    /// Header fields of every request. <c>User-Agent</c>, <c>Accept</c> and <c>Accept-Encoding</c> have defaults; one that is set to <see langword="null"/> is not sent.
    /// </summary>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public Headers Headers { get; set; } = [];

    /// <summary>Query parameters of every request.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public Parameters Query { get; set; } = [];

    /// <summary>Where cookies are kept; <see cref="CookieJar.None"/> turns them off.</summary>
    /// <value>Default: <see langword="null"/>, a new and empty jar. A jar that is given may be shared between sessions.</value>
    public CookieJar? Cookies { get; set; }

    /// <summary>Who sends the requests. A pair of strings converts to Basic; see <see cref="RequestsAsync.Auth"/> for the others and for what wins over what.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public Auth? Auth { get; set; }

    /// <summary>
    /// The proxy that all requests go through. A string converts: <c>Proxy = "http://proxy.example:3128"</c>. The environment, <c>NO_PROXY</c> included,
    /// has no say in it.
    /// </summary>
    /// <value>Default: <see langword="null"/>, what the environment says; <see cref="Proxy.None"/> is for none.</value>
    public Proxy? Proxy { get; set; }

    /// <summary>Whether what the environment says is heard: the proxy variables, and a netrc file where a request has no other credentials.</summary>
    /// <value>
    /// Default: <see langword="null"/>, the proxy variables are heard, and a netrc file is not: secrets that nobody named are sent nowhere.
    /// <see langword="true"/>: both, as in <c>requests</c>. <see langword="false"/>: neither.
    /// </value>
    public bool? TrustEnvironment { get; set; }

    /// <summary>Functions that are called at the stations of every request.</summary>
    public Hooks Hooks { get; set; } = new();

    /// <summary>What stands around every call, the first outermost; the middleware of a request stands inside these.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public IList<Middleware> Middleware { get; set; } = [];

    /// <summary>How long a request may take; a <see cref="TimeSpan"/> converts to the total.</summary>
    /// <value>Default: 100 seconds in all for calls that read the body into memory, no limit for streamed ones.</value>
    public Timeouts Timeout { get; set; } = new();

    /// <summary>Whether redirects are followed.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool FollowRedirects { get; set; } = true;

    /// <summary>How many redirects one call follows before it gives up with <see cref="TooManyRedirectsException"/>.</summary>
    /// <value>Default: 20.</value>
    public int MaxRedirects { get; set; } = 20;

    /// <summary>Whether a redirect from https to http is followed.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool AllowInsecureRedirects { get; set; }

    /// <summary>Header fields that, beside the standard ones, never go to another origin.</summary>
    /// <value>Default: <c>X-Api-Key</c>, <c>Api-Key</c>, <c>X-Auth-Token</c>, <c>X-Amz-Security-Token</c>.</value>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public ICollection<string> SensitiveHeaders { get; set; } =
        new List<string> { "X-Api-Key", "Api-Key", "X-Auth-Token", "X-Amz-Security-Token" };

    /// <summary>How large a body may be, decoded, in bytes, that is read into memory.</summary>
    /// <value>Default: 100 MiB.</value>
    public long MaxResponseBytes { get; set; } = 100L << 20;

    /// <summary>The encoding of a text body that does not say its own.</summary>
    /// <value>Default: <see langword="null"/>, UTF-8.</value>
    public Encoding? DefaultEncoding { get; set; }

    /// <summary>The clock of timeouts, cookies and measured times.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>For <see cref="Requests"/>, whose calls share no cookies and still follow redirects as a browser would.</summary>
    internal bool KeepsCookiesWithinCall { get; init; }

    /// <summary>Never shows a value: options hold secrets.</summary>
    public override string ToString() => "<SessionOptions>";
}
