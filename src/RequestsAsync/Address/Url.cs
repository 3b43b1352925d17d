using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>An absolute http, https, ws or wss URL, parsed and serialised as browsers do it (https://url.spec.whatwg.org).</summary>
/// <remarks>
/// <para>
/// Unlike <see cref="Uri"/> it never takes a host such as <c>256.256.256.256</c>, never decodes or encodes a percent sequence that is
/// there already, and sends the path exactly as <see cref="PathAndQuery"/> shows it.
/// </para>
/// <para>Instances are immutable, safe to share between threads, and equal when their <see cref="Href"/> is.</para>
/// </remarks>
public sealed partial class Url : IEquatable<Url>
{
    private string? _host;
    private string? _origin;
    private string? _path;
    private string? _pathAndQuery;
    private Uri? _uri;
    private Uri? _ordinaryUri;

    internal Url(string href, UrlParts parts)
    {
        Href = href;
        Parts = parts;
    }

    /// <summary>The whole URL, serialised, with user name and password where it has them. Do not print it: see <see cref="ToString"/>.</summary>
    public string Href { get; }

    /// <summary><c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c>.</summary>
    public string Scheme => UrlScheme.Find(Href.AsSpan(0, Parts.SchemeEnd))!;

    /// <summary>The user name, percent-decoded as UTF-8; <see langword="null"/> when the URL has no user information, empty when it has a password only.</summary>
    public string? UserName
    {
        get
        {
            ReadOnlySpan<char> userInfo = UserInfo;
            int colon = userInfo.IndexOf(':');
            return userInfo.IsEmpty ? null : PercentEncoding.Decode(colon < 0 ? userInfo : userInfo[..colon]);
        }
    }

    /// <summary>The password, percent-decoded as UTF-8; <see langword="null"/> when there is none or it is empty.</summary>
    public string? Password
    {
        get
        {
            ReadOnlySpan<char> userInfo = UserInfo;
            int colon = userInfo.IndexOf(':');
            return colon < 0 ? null : PercentEncoding.Decode(userInfo[(colon + 1)..]);
        }
    }

    /// <summary>The host in lower-case ASCII: a name (in Punycode where it was not ASCII), a dotted IPv4 address, or an IPv6 address in brackets.</summary>
    public string Host => _host ??= Href[Parts.HostStart..Parts.HostEnd];

    /// <summary>The port, that of the scheme when the URL names none.</summary>
    public int Port => Parts.Port;

    /// <summary>Whether <see cref="Port"/> is the scheme's own.</summary>
    public bool IsDefaultPort => Parts.HostEnd == Parts.PathStart;

    /// <summary>Host, and port when it is not the scheme's own: what a Host header holds (RFC 9110 §7.2).</summary>
    public string Authority => IsDefaultPort ? Host : Href[Parts.HostStart..Parts.PathStart];

    /// <summary>The path, percent-encoded; it begins with <c>/</c>.</summary>
    public string Path => _path ??= Href[Parts.PathStart..Parts.PathEnd];

    /// <summary>The query without its <c>?</c>, percent-encoded; <see langword="null"/> when there is no <c>?</c>, empty when nothing follows it.</summary>
    public string? Query => Parts.PathEnd == Parts.QueryEnd ? null : Href[(Parts.PathEnd + 1)..Parts.QueryEnd];

    /// <summary>The fragment without its <c>#</c>, percent-encoded; <see langword="null"/> when there is no <c>#</c>, empty when nothing follows it.</summary>
    public string? Fragment => Parts.QueryEnd == Href.Length ? null : Href[(Parts.QueryEnd + 1)..];

    /// <summary>Path and query: the request target in origin-form (RFC 9112 §3.2.1). A <c>?</c> that nothing follows is not sent, as in <c>requests</c>.</summary>
    public string PathAndQuery => _pathAndQuery ??= Parts.QueryEnd - Parts.PathEnd == 1 ? Path : Href[Parts.PathStart..Parts.QueryEnd];

    /// <summary>Scheme, host and port, as <c>scheme://host[:port]</c>.</summary>
    public string Origin => _origin ??= string.Concat(Href.AsSpan(0, Parts.SchemeEnd), "://", Href.AsSpan(Parts.HostStart..Parts.PathStart));

    /// <summary>Whether the scheme is https or wss.</summary>
    public bool IsSecure => UrlScheme.IsSecure(Href.AsSpan(0, Parts.SchemeEnd));

    /// <summary>Whether the host is this machine by its name alone: <c>localhost</c>, a name below it (RFC 6761 §6.3), 127.0.0.0/8 or <c>[::1]</c>.</summary>
    public bool IsLoopback
    {
        get
        {
            ReadOnlySpan<char> host = Href.AsSpan(Parts.HostStart..Parts.HostEnd);
            if (host is "[::1]" || (host.StartsWith("127.") && Ipv4Host.EndsInNumber(host))) return true;

            host = host.EndsWith('.') ? host[..^1] : host;
            return host is "localhost" || host.EndsWith(".localhost");
        }
    }

    /// <summary>Where the components lie in <see cref="Href"/>.</summary>
    internal UrlParts Parts { get; }

    private ReadOnlySpan<char> UserInfo
    {
        get
        {
            int start = Parts.SchemeEnd + "://".Length;
            return start == Parts.HostStart ? default : Href.AsSpan(start..(Parts.HostStart - 1));
        }
    }

    /// <summary>Whether the two are the same URL, to the character.</summary>
    public static bool operator ==(Url? left, Url? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two are different URLs.</summary>
    public static bool operator !=(Url? left, Url? right) => !(left == right);

    /// <summary>Parses an absolute URL.</summary>
    /// <param name="text">The URL. Spaces around it do not matter.</param>
    /// <exception cref="InvalidRequestException">It is no URL, or of another scheme; the message says what is wrong with it.</exception>
    public static Url Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return UrlParser.TryParse(text, baseUrl: null, out Url? url, out string? problem) ? url : throw Invalid(text, problem);
    }

    /// <summary>Parses an absolute URL, without an exception when it is none.</summary>
    /// <param name="text">The URL. Spaces around it do not matter.</param>
    /// <param name="url">The parsed URL.</param>
    /// <returns>Whether <paramref name="text"/> is a URL.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Url? url)
    {
        url = null;
        return text is not null && UrlParser.TryParse(text, baseUrl: null, out url, out _);
    }

    /// <summary>Resolves a reference against this URL, as RFC 3986 §5 and browsers do it: a path, a query, a fragment, <c>//host/path</c> or a whole URL.</summary>
    /// <param name="reference">The reference.</param>
    /// <exception cref="InvalidRequestException">The result would be no http, https, ws or wss URL.</exception>
    public Url Join(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return UrlParser.TryParse(reference, this, out Url? url, out string? problem) ? url : throw Invalid(reference, problem);
    }

    /// <summary>Resolves a reference against this URL, without an exception when that is not possible.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="url">The resolved URL.</param>
    /// <returns>Whether the result is a URL.</returns>
    public bool TryJoin([NotNullWhen(true)] string? reference, [NotNullWhen(true)] out Url? url)
    {
        url = null;
        return reference is not null && UrlParser.TryParse(reference, this, out url, out _);
    }

    /// <summary>The URL for the runtime's own HTTP types: without user information and fragment, and never rewritten by <see cref="Uri"/>.</summary>
    /// <remarks>
    /// Its <see cref="Uri.PathAndQuery"/> is <see cref="PathAndQuery"/>. <see cref="Uri"/> writes some IPv6 addresses in another form, with a dotted end;
    /// take <see cref="Host"/> and <see cref="Authority"/> where the exact text matters.
    /// </remarks>
    /// <exception cref="InvalidRequestException">The host is one that no DNS name can be: a label is empty or longer than 63 characters, or holds punctuation.</exception>
    public Uri ToUri()
    {
        // A race makes two equal Uris at worst.
        return _uri ??= MakeUri(asItIs: true);
    }

    /// <summary>The URL for handlers other than the network's. They may take a <see cref="Uri"/> apart, which one that is never rewritten forbids.</summary>
    /// <exception cref="InvalidRequestException">As for <see cref="ToUri"/>.</exception>
    internal Uri ToOrdinaryUri() => _ordinaryUri ??= MakeUri(asItIs: false);

    /// <summary>Whether the two are the same URL, to the character.</summary>
    public bool Equals([NotNullWhen(true)] Url? other) => other is not null && Href == other.Href;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as Url);

    /// <inheritdoc/>
    public override int GetHashCode() => Href.GetHashCode(StringComparison.Ordinal);

    /// <summary>The URL without user name and password, so that it can be logged.</summary>
    public override string ToString() => UserInfo.IsEmpty ? Href : WithoutUserInfo().Href;

    private static InvalidRequestException Invalid(string text, string problem) => new($"Invalid URL '{UrlText.Shown(text)}': {problem}");

    private Uri MakeUri(bool asItIs)
    {
        UriCreationOptions options = new() { DangerousDisablePathAndQueryCanonicalization = asItIs };
        return Uri.TryCreate(string.Concat(Origin, PathAndQuery), options, out Uri? uri) ? uri : throw new InvalidRequestException(
            $"Invalid URL '{this}': The host '{Host}' is no name that can be looked up. Labels have 1 to 63 letters, digits, '-' or '_'.");
    }
}
