using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RequestsAsync;

/// <summary>A proxy that requests go through: an HTTP proxy, or a SOCKS proxy.</summary>
/// <remarks>
/// <para>A string converts: <c>Proxy = "socks5h://user:password@proxy.example"</c>. The schemes are those of curl:</para>
/// <list type="table">
/// <item><term><c>http</c></term><description>
/// An HTTP proxy, port 80 unless another is named. It forwards requests for http URLs, and opens a tunnel (CONNECT, RFC 9110 §9.3.6) for all others.
/// </description></item>
/// <item><term><c>https</c></term><description>The same over TLS: what is said to the proxy itself is encrypted too. Port 443.</description></item>
/// <item><term><c>socks4</c></term><description>
/// SOCKS4, by Ying-Da Lee's description of the protocol. It knows IPv4 addresses alone, so names are resolved here. Port 1080, as for all SOCKS.
/// </description></item>
/// <item><term><c>socks4a</c></term><description>SOCKS4 with its extension 4A, by which the proxy resolves names.</description></item>
/// <item><term><c>socks5</c></term><description>SOCKS5 (RFC 1928), IPv6 included. Names are resolved here.</description></item>
/// <item><term><c>socks5h</c></term><description>SOCKS5; the proxy resolves names, so that no name server nearby hears of them.</description></item>
/// </list>
/// <para>
/// The credentials are the proxy's alone: no origin sees them, and a redirect to another origin keeps them. A request that the proxy does not carry
/// out fails with <see cref="ProxyException"/>; only what an HTTP proxy answers to a forwarded request, 407 included, is a <see cref="Response"/> like any other.
/// </para>
/// <para>
/// Instances are immutable. Two are equal if they are of one scheme, host and port, and their credentials are the same object or Basic with the same
/// user name and password.
/// </para>
/// </remarks>
public sealed class Proxy : IEquatable<Proxy>
{
    private const string Form = "A proxy reads http://host:port, or the same with https, socks4, socks4a, socks5 or socks5h.";

    private readonly Auth? _auth;
    private readonly Url? _url;

    /// <summary>Names a proxy.</summary>
    /// <param name="url">
    /// <c>scheme://host:port</c>. User name and password in it, percent-encoded where they must be, are sent to an HTTP proxy as Basic and to a SOCKS5
    /// proxy by RFC 1929; to a SOCKS4 proxy the user name goes as the user id and the password, which has no place there, not at all.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidRequestException">It is no such URL, of another scheme, or its credentials cannot be sent to such a proxy.</exception>
    public Proxy(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        ReadOnlySpan<char> text = url.AsSpan().Trim();
        int schemeEnd = text.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0)
            throw new InvalidRequestException($"The proxy '{UrlText.Shown(url)}' has no scheme. Perhaps you meant http://{UrlText.Shown(url)}? {Form}");

        Scheme = ProxyScheme.Find(text[..schemeEnd])
            ?? throw new InvalidRequestException($"The proxy '{UrlText.Shown(url)}' has a scheme that is not supported. {Form}");
        (Url plain, Url secure) = ParseAfterScheme(text[schemeEnd..], url);
        if (plain.PathAndQuery != "/" || plain.Fragment is not null)
            throw new InvalidRequestException($"The proxy '{UrlText.Shown(url)}' has a path. {Form}");

        // Where a port is named, the schemes agree about it.
        Port = plain.Port == secure.Port ? plain.Port : ProxyScheme.DefaultPort(Scheme);
        Host = plain.Host;
        if (!IsSocks) _url = (Scheme == "http" ? plain : secure).WithoutUserInfo();
        if (plain.UserName is { } userName) _auth = Checked(Auth.Basic(userName, plain.Password ?? ""));
    }

    private Proxy()
    {
    }

    /// <summary>No proxy: requests go to their origins directly, whatever the session, the mounts or the environment say.</summary>
    public static Proxy None { get; } = new();

    /// <summary><c>http</c>, <c>https</c>, <c>socks4</c>, <c>socks4a</c>, <c>socks5</c> or <c>socks5h</c>; empty for <see cref="None"/>.</summary>
    public string Scheme { get; } = "";

    /// <summary>The host, as <see cref="Url.Host"/> has it; empty for <see cref="None"/>.</summary>
    public string Host { get; } = "";

    /// <summary>The port, that of the scheme when none was named; 0 for <see cref="None"/>.</summary>
    public int Port { get; }

    /// <summary>
    /// What proves to the proxy who sends the request: to an HTTP proxy <see cref="Auth.Basic"/>, <see cref="Auth.Digest"/> or a bearer token, to a SOCKS
    /// proxy the user name and password of <see cref="Auth.Basic"/>. A pair of strings converts to Basic.
    /// </summary>
    /// <value>Default: user name and password of the URL; <see langword="null"/> where it has none.</value>
    /// <exception cref="InvalidRequestException">
    /// It is of another kind, or does not fit into what the protocol has for it: 1 to 255 bytes of UTF-8 for each of user name and password in SOCKS5,
    /// 255 at most for the user id of SOCKS4.
    /// </exception>
    public Auth? Auth
    {
        get => _auth;
        init => _auth = Checked(value);
    }

    /// <summary>Where an HTTP proxy listens, without user name and password.</summary>
    internal Url Url => _url ?? throw new InvalidOperationException($"{this} is not an HTTP proxy.");

    internal bool IsNone => Scheme.Length == 0;

    internal bool IsSocks => ProxyScheme.IsSocks(Scheme);

    /// <summary>User name and password for a SOCKS proxy.</summary>
    internal UserCredentials? Credentials => (_auth as BasicAuth)?.Credentials;

    /// <summary>The host as resolvers and certificates have it: an IPv6 address without brackets.</summary>
    internal string BareHost => Host.Trim('[', ']');

    /// <summary>The proxy of a URL; <see langword="null"/> for <see langword="null"/>.</summary>
    /// <inheritdoc cref="Proxy(string)" path="/param|/exception"/>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator Proxy?(string? url) => url is null ? null : new Proxy(url);

    /// <summary>Whether the two are the same proxy with the same credentials.</summary>
    public static bool operator ==(Proxy? left, Proxy? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two are different proxies, or have different credentials.</summary>
    public static bool operator !=(Proxy? left, Proxy? right) => !(left == right);

    /// <summary>Whether the two are the same proxy with the same credentials.</summary>
    public bool Equals([NotNullWhen(true)] Proxy? other) =>
        other is not null && Scheme == other.Scheme && Host == other.Host && Port == other.Port && IsSame(_auth, other._auth);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as Proxy);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Scheme, Host, Port);

    /// <summary>The URL, without user name and password.</summary>
    public override string ToString() =>
        IsNone ? "no proxy"
        : Port == ProxyScheme.DefaultPort(Scheme) ? $"{Scheme}://{Host}"
        : string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{Port}");

    /// <summary>Whether the proxy is handed requests for URLs of that scheme whole. For all others it makes a connection, whose content is none of its business.</summary>
    internal bool Forwards(string scheme) => scheme == "http" && Scheme is "http" or "https";

    private static bool IsSame(Auth? one, Auth? other) =>
        ReferenceEquals(one, other) || (one is BasicAuth basic && other is BasicAuth otherBasic && basic.Credentials == otherBasic.Credentials);

    private static (Url Plain, Url Secure) ParseAfterScheme(ReadOnlySpan<char> rest, string url)
    {
        try
        {
            return (RequestUrl.Parse($"http{rest}"), RequestUrl.Parse($"https{rest}"));
        }
        catch (InvalidRequestException e)
        {
            throw new InvalidRequestException($"The proxy '{UrlText.Shown(url)}' is not valid. {e.Message}", e);
        }
    }

    private Auth? Checked(Auth? auth)
    {
        string? problem = auth switch
        {
            null => null,
            BasicAuth basic when Scheme is "socks4" or "socks4a" => Socks4.Problem(basic.Credentials),
            BasicAuth basic when IsSocks => Socks5.Problem(basic.Credentials),
            _ when IsSocks => auth == Auth.None ? null : "a SOCKS proxy takes a user name and a password: Auth.Basic",
            _ => auth.WorksAtProxies ? null : "these credentials are made for origin servers. To a proxy go Auth.Basic, Auth.Digest and Auth.Bearer",
        };
        return problem is null ? auth : throw new InvalidRequestException($"The proxy {this} cannot be sent what Auth holds: {problem}.");
    }
}
