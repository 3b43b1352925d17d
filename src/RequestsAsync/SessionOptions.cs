using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.Logging;

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

    /// <summary>The proxy that requests go through. A string converts: <c>Proxy = "socks5h://proxy.example"</c>.</summary>
    /// <value>Default: <see langword="null"/>, what the environment says. <see cref="RequestsAsync.Proxy.None"/>: none, whatever it says.</value>
    public Proxy? Proxy { get; set; }

    /// <summary>Other ways for some URLs, by pattern: through a proxy, past it, or to a handler of your own.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public Mounts Mounts { get; set; } = [];

    /// <summary>Whether what the environment says is heard: the proxy variables, and a netrc file where a request has no other credentials.</summary>
    /// <value>
    /// Default: <see langword="null"/>, the proxy variables are heard, and a netrc file is not: secrets that nobody named are sent nowhere. Where all connections
    /// go to a <see cref="ConnectionOptions.UnixSocket"/>, the proxy variables are not heard either.
    /// <see langword="true"/>: both, as in <c>requests</c>. <see langword="false"/>: neither.
    /// </value>
    public bool? TrustEnvironment { get; set; }

    /// <summary>Functions that are called at the stations of every request.</summary>
    public Hooks Hooks { get; set; } = new();

    /// <summary>What stands around every call, the first outermost; the middleware of a request stands inside these.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public IList<Middleware> Middleware { get; set; } = [];

    /// <summary>How long a request may take, and each of its phases; a <see cref="TimeSpan"/> converts to the total.</summary>
    /// <value>Default: 100 seconds in all for calls that read the body into memory, no limit for streamed ones; see <see cref="Timeouts"/> for the phases.</value>
    public Timeouts Timeout { get; set; } = new();

    /// <summary>When and how often a request is sent again after a failure.</summary>
    /// <value>Default: <see langword="null"/>, never. <see cref="RequestsAsync.Retry.Default"/> is what most people want.</value>
    public Retry? Retry { get; set; }

    /// <summary>How many connections are in use at once, how many requests go out in a second, and when a failing host is left alone.</summary>
    public Limits Limits { get; set; } = new();

    /// <summary>How connections are made and kept: names, addresses, sockets.</summary>
    public ConnectionOptions Connection
    {
        get => ConnectionOrNull ??= new();
        set => ConnectionOrNull = value;
    }

    /// <summary>Whom to trust over TLS, and how to be known there.</summary>
    public TlsOptions Tls
    {
        get => TlsOrNull ??= new();
        set => TlsOrNull = value;
    }

    /// <summary>Which addresses may be connected to, checked after the name's resolution on every connection.</summary>
    /// <value>Default: <see langword="null"/>, all. <see cref="AddressPolicy.PublicOnly"/> is for servers that fetch URLs of others.</value>
    public AddressPolicy? AddressPolicy { get; set; }

    /// <summary>The version of HTTP to speak and no other: 1.1, 2.0 (without TLS by prior knowledge) or 3.0.</summary>
    /// <value>Default: <see langword="null"/>, HTTP/2 where the server agrees to it over TLS, and otherwise HTTP/1.1.</value>
    /// <remarks>HTTP/3 needs <c>libmsquic</c> on Linux, and neither proxies nor <see cref="Connection"/> nor <see cref="AddressPolicy"/> reach it: it is refused with them.</remarks>
    public Version? HttpVersion { get; set; }

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

    /// <summary>How large the header fields of a response may be, in bytes; it is rounded up to whole KiB.</summary>
    /// <value>Default: 64 KiB.</value>
    public int MaxHeaderBytes { get; set; } = 64 << 10;

    /// <summary>The encoding of a text body that does not say its own.</summary>
    /// <value>Default: <see langword="null"/>, UTF-8.</value>
    public Encoding? DefaultEncoding { get; set; }

    /// <summary>The clock of timeouts, cookies and measured times.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Hears of retries and of what weakens the session, such as <see cref="TlsOptions.Verify"/> being off.</summary>
    /// <value>Default: <see langword="null"/>; warnings then go to <see cref="System.Diagnostics.Trace"/>.</value>
    public ILogger? Logger { get; set; }

    internal ConnectionOptions? ConnectionOrNull { get; private set; }

    internal TlsOptions? TlsOrNull { get; private set; }

    /// <summary>For <see cref="Requests"/>, whose calls share no cookies and still follow redirects as a browser would.</summary>
    internal bool KeepsCookiesWithinCall { get; init; }

    /// <summary>The same options under another base address; what they hold is shared, for a session copies it.</summary>
    internal SessionOptions At(string baseAddress)
    {
        SessionOptions copy = (SessionOptions)MemberwiseClone();
        copy.BaseAddress = baseAddress;
        return copy;
    }

    /// <summary>Never shows a value: options hold secrets.</summary>
    public override string ToString() => "<SessionOptions>";
}
