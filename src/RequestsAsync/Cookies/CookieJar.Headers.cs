using System.Text;

namespace RequestsAsync;

/// <content>Between the jar and the header fields Set-Cookie and Cookie.</content>
public sealed partial class CookieJar
{
    /// <summary>Obeys a Set-Cookie field, as a session does for each one it gets.</summary>
    /// <param name="url">The URL of the request that was answered with it, absolute.</param>
    /// <param name="setCookie">The field's value: one cookie, <c>sid=1; Path=/; Secure</c>.</param>
    /// <returns><see langword="false"/> when the field was ignored, because it is no cookie or because this host may not set it.</returns>
    /// <exception cref="InvalidRequestException">The URL is not an absolute http or https URL.</exception>
    public bool SetFromHeader(string url, string setCookie) => SetFromHeader(ReadUrl(url), setCookie);

    /// <inheritdoc cref="SetFromHeader(string, string)"/>
    public bool SetFromHeader(Uri url, string setCookie)
    {
        CheckUrl(url);
        ArgumentNullException.ThrowIfNull(setCookie);
        return Store(IsHttps(url), Host(url), url.AbsolutePath, setCookie);
    }

    /// <summary>The Cookie field for a request, as a session sends it.</summary>
    /// <param name="url">The request's URL, absolute.</param>
    /// <returns>The field's value, <c>a=1; b=2</c>, or <see langword="null"/> when no cookie is meant for this URL.</returns>
    /// <exception cref="InvalidRequestException">The URL is not an absolute http or https URL.</exception>
    public string? GetHeader(string url) => GetHeader(ReadUrl(url));

    /// <inheritdoc cref="GetHeader(string)"/>
    public string? GetHeader(Uri url)
    {
        CheckUrl(url);
        return GetCookieHeader(IsHttps(url), Host(url), url.AbsolutePath);
    }

    /// <summary>Obeys a Set-Cookie field (RFC 6265bis §5.6 and §5.7), or ignores it.</summary>
    /// <param name="isSecure">Whether it came over https.</param>
    /// <param name="host">The host as a URL has it after parsing: ASCII, lower case, an IPv6 address without brackets.</param>
    /// <param name="path">The URL's path, without the query.</param>
    /// <param name="setCookie">The field's value, its octets decoded as UTF-8.</param>
    internal bool Store(bool isSecure, string host, ReadOnlySpan<char> path, ReadOnlySpan<char> setCookie)
    {
        if (IsNone || !SetCookie.TryParse(setCookie, out SetCookie field)) return false;

        isSecure = isSecure || CookieDomain.IsLoopback(host);
        if (field.IsSecure && !isSecure) return false;
        if (!TryReadDomain(host, field.Domain, out ReadOnlySpan<char> domain, out bool isHostOnly)) return false;

        DateTimeOffset now = _time.GetUtcNow();
        Cookie cookie = new(field.Name.ToString(), field.Value.ToString(), domain.Length == host.Length ? host : domain.ToString())
        {
            IsHostOnly = isHostOnly,
            Path = (field.Path.IsEmpty ? CookiePath.Default(path) : field.Path).ToString(),
            Expires = Expiry(field, now),
            IsSecure = field.IsSecure,
            IsHttpOnly = field.IsHttpOnly,
            SameSite = field.SameSite,
            Created = now,
        };
        if (!CookiePrefix.IsUpheld(cookie, field.HasPath)) return false;

        lock (_lock)
        {
            if (!isSecure && _store.HoldsSecureTwin(cookie, now)) return false;
            _store.Put(cookie, now);
        }

        return true;
    }

    /// <summary>The Cookie field of a request (RFC 6265bis §5.8.3), or <see langword="null"/> for none.</summary>
    /// <param name="isSecure">Whether it goes over https.</param>
    /// <param name="host">The host, as for <see cref="Store(bool, string, ReadOnlySpan{char}, ReadOnlySpan{char})"/>.</param>
    /// <param name="path">The URL's path, without the query.</param>
    internal string? GetCookieHeader(bool isSecure, string host, ReadOnlySpan<char> path)
    {
        if (_store.IsEmpty) return null;

        isSecure = isSecure || CookieDomain.IsLoopback(host);
        DateTimeOffset now = _time.GetUtcNow();
        lock (_lock) return _store.Header(isSecure, host, path, now);
    }

    // Max-Age counts where there is one, whatever Expires says.
    private static DateTimeOffset? Expiry(in SetCookie field, DateTimeOffset now) => field.MaxAge switch
    {
        null => Cap(field.Expires, now),
        <= 0 => DateTimeOffset.MinValue,
        long seconds => now + (seconds < LongestLife.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestLife),
    };

    private static Uri ReadUrl(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed)
            ? parsed
            : throw new InvalidRequestException($"'{url}' is no absolute URL, such as https://example.com/.");
    }

    private static void CheckUrl(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw new InvalidRequestException($"'{url}' is no absolute http or https URL, and only those have cookies.");
    }

    private static bool IsHttps(Uri url) => url.Scheme == Uri.UriSchemeHttps;

    private static string Host(Uri url) => url.HostNameType == UriHostNameType.IPv6 ? url.IdnHost.Trim('[', ']') : url.IdnHost;

    /// <summary>RFC 6265bis §5.7: which domain the cookie belongs to, or <see langword="false"/> when the host may not say so.</summary>
    private bool TryReadDomain(ReadOnlySpan<char> host, ReadOnlySpan<char> attribute, out ReadOnlySpan<char> domain, out bool isHostOnly)
    {
        domain = host;
        isHostOnly = true;
        if (attribute.IsEmpty) return true;

        // An address may name itself, which says nothing; with a dot before it browsers take it for a mistake.
        if (CookieDomain.IsAddress(host)) return attribute.Equals(host, StringComparison.OrdinalIgnoreCase);

        ReadOnlySpan<char> named = attribute is ['.', .. var rest] ? rest : attribute;
        if (named.IsEmpty || !Ascii.IsValid(named) || !CookieDomain.Matches(host, named)) return false;

        // A public suffix that is itself a host (github.io) may set cookies, for itself alone.
        if (PublicSuffixes.IsPublicSuffix(named)) return named.Length == host.Length;

        domain = named;
        isHostOnly = false;
        return true;
    }
}
