using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>An HTTP proxy: it forwards requests for http URLs, and opens a tunnel (CONNECT) for every other.</summary>
/// <remarks>
/// A string converts: <c>Proxy = "http://proxy.example:3128"</c>. The credentials are the proxy's alone: no origin sees them, and a redirect to another
/// origin keeps them. A request that the proxy does not carry out fails with <see cref="ProxyException"/>; only what it answers to a
/// forwarded request, 407 included, is a <see cref="Response"/> like any other.
/// </remarks>
public sealed class Proxy
{
    private const string Scheme = "http";

    private readonly Auth? _auth;

    /// <summary>Names a proxy.</summary>
    /// <param name="url"><c>http://host:port</c>; without a port it is 80. A user name and password in it are sent as Basic.</param>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidRequestException">It is no such URL, or of a scheme that is not supported.</exception>
    public Proxy(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.AsSpan().TrimStart().StartsWith(Scheme + "://", StringComparison.OrdinalIgnoreCase))
            throw new InvalidRequestException($"The proxy '{UrlText.Shown(url)}' is not supported. What is supported is {Scheme}://host:port.");

        Url parsed = RequestUrl.Parse(url);
        if (parsed.PathAndQuery != "/" || parsed.Fragment is not null)
            throw new InvalidRequestException($"The proxy '{parsed}' has a path, and a proxy is a host with a port: {Scheme}://host:port.");

        Url = parsed.WithoutUserInfo();
        if (parsed.UserName is { } userName) _auth = Auth.Basic(userName, parsed.Password ?? "");
    }

    /// <summary>Where the proxy listens, without user name and password.</summary>
    public Url Url { get; }

    /// <summary>What proves to the proxy who sends the request: <see cref="Auth.Basic"/>, <see cref="Auth.Digest"/> or a bearer token. A pair of strings converts to Basic.</summary>
    /// <value>Default: user name and password of the URL; <see langword="null"/> where it has none.</value>
    /// <exception cref="InvalidRequestException">It is of another kind.</exception>
    public Auth? Auth
    {
        get => _auth;
        init => _auth = value is null or { WorksAtProxies: true }
            ? value
            : throw new InvalidRequestException("These credentials are made for origin servers. To a proxy go Auth.Basic, Auth.Digest and Auth.Bearer.");
    }

    /// <summary>The proxy of a URL; <see langword="null"/> for <see langword="null"/>.</summary>
    /// <inheritdoc cref="Proxy(string)" path="/param|/exception"/>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator Proxy?(string? url) => url is null ? null : new Proxy(url);

    /// <summary>The URL, without user name and password.</summary>
    public override string ToString() => Url.Origin;

    /// <summary>Whether the proxy is handed requests for URLs of that scheme whole. For all others it opens a tunnel, whose content it never sees.</summary>
    internal static bool Forwards(string scheme) => scheme == "http";
}
