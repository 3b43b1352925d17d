using System.Collections;

namespace RequestsAsync;

/// <summary>The cookies of a session, by RFC 6265bis: stored from responses, sent with the requests they are meant for.</summary>
/// <remarks>
/// <para>
/// A cookie belongs to the host that set it alone unless the server named a Domain; no cookie spans a public suffix such as <c>co.uk</c>
/// (the list is in the library); <c>Secure</c> cookies come from and go to https, or this machine, alone; <c>__Host-</c> and
/// <c>__Secure-</c> names are held to their promise. None of that is so in <c>System.Net.CookieContainer</c>.
/// </para>
/// <para>
/// Thread-safe: every member may be called at any time by any thread, and an enumeration is of the moment it began.
/// </para>
/// <para>
/// Texts are what the octets of the header mean in UTF-8: whoever connects a jar to the network decodes Set-Cookie and encodes
/// Cookie as UTF-8.
/// </para>
/// </remarks>
public sealed partial class CookieJar : IEnumerable<Cookie>
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(400); // RFC 6265bis §5.5

    // One lock and not one for readers and one for writers: sending a cookie notes its use, so that nobody only reads.
    // It is held for a few dictionary lookups; an empty jar is seen to be empty without it.
    private readonly Lock _lock = new();
    private readonly CookieStore _store;
    private readonly TimeProvider _time;
    private readonly PublicSuffixList? _publicSuffixes;

    /// <summary>Makes an empty jar.</summary>
    /// <param name="options">Its limits and its clock, or <see langword="null"/> for the usual ones.</param>
    public CookieJar(CookieJarOptions? options = null)
    {
        options ??= new();
        _store = new(options.MaxCookiesPerDomain, options.MaxCookies);
        _time = options.TimeProvider;
        _publicSuffixes = options.PublicSuffixes;
    }

    /// <summary>The jar that stays empty: it ignores every Set-Cookie and sends nothing.</summary>
    /// <remarks>To put a cookie into it by hand is a mistake and throws an <see cref="InvalidRequestException"/>.</remarks>
    public static CookieJar None { get; } = new();

    /// <summary>How many cookies there are that have not expired.</summary>
    public int Count
    {
        get
        {
            if (_store.IsEmpty) return 0;

            RemoveExpired();
            lock (_lock) return _store.Count;
        }
    }

    private bool IsNone => ReferenceEquals(this, None);

    private PublicSuffixList PublicSuffixes => _publicSuffixes ?? PublicSuffixList.Embedded;

    /// <summary>The value of the cookie of this name, or <see langword="null"/> when there is none.</summary>
    /// <param name="name">The name; case matters.</param>
    /// <exception cref="InvalidRequestException">
    /// Several cookies have this name, for different domains or paths (requests: <c>CookieConflictError</c>); <see cref="Find"/>
    /// tells them apart.
    /// </exception>
    public string? this[string name] => Find(name)?.Value;

    /// <summary>The one cookie of this name, or <see langword="null"/> when there is none.</summary>
    /// <param name="name">The name; case matters.</param>
    /// <param name="domain">Its <see cref="Cookie.Domain"/>, or <see langword="null"/> for any.</param>
    /// <param name="path">Its <see cref="Cookie.Path"/>, or <see langword="null"/> for any.</param>
    /// <exception cref="InvalidRequestException">There are several.</exception>
    public Cookie? Find(string name, string? domain = null, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(name);

        List<Cookie> found = Snapshot();
        found.RemoveAll(cookie => !IsCalled(cookie, name, domain, path));
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw new InvalidRequestException(
                $"{found.Count} cookies are called '{name}' ({string.Join(" | ", found)}): say which one with Find(name, domain, path)."),
        };
    }

    /// <summary>Puts a session cookie into the jar, in place of the one of this name, domain and path if there is one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, sent as it is.</param>
    /// <param name="domain">The host that gets it; with a leading dot every host below it too.</param>
    /// <param name="path">The path that a request's must be or be below.</param>
    /// <exception cref="InvalidRequestException">A part cannot be sent, or <see cref="Set(Cookie)"/> refuses the cookie.</exception>
    public void Set(string name, string value, string domain, string path = "/")
    {
        ArgumentNullException.ThrowIfNull(path);
        Set(new Cookie(name, value, domain) { Path = path });
    }

    /// <summary>Puts a cookie into the jar, in place of the one of this name, domain and path if there is one.</summary>
    /// <param name="cookie">The cookie; one that has expired removes its predecessor.</param>
    /// <exception cref="InvalidRequestException">
    /// The domain is a public suffix and the cookie not host-only; it is not what its prefix <c>__Host-</c> or <c>__Secure-</c> promises;
    /// or this is <see cref="None"/>.
    /// </exception>
    public void Set(Cookie cookie)
    {
        ArgumentNullException.ThrowIfNull(cookie);
        if (IsNone)
            throw new InvalidRequestException($"CookieJar.None keeps no cookies, not '{cookie.Name}' either: use a new CookieJar().");
        if (SpansPublicSuffix(cookie))
        {
            throw new InvalidRequestException(
                $"The cookie '{cookie.Name}' would go to every site below '{cookie.Domain}', which is a public suffix.");
        }

        if (!CookiePrefix.IsUpheld(cookie))
        {
            throw new InvalidRequestException(
                $"The cookie '{cookie.Name}' breaks its prefix's promise: __Secure- needs IsSecure, __Host- also IsHostOnly and the path '/'.");
        }

        Put(cookie);
    }

    /// <summary>Removes the cookies of this name.</summary>
    /// <param name="name">The name; case matters.</param>
    /// <param name="domain">Their <see cref="Cookie.Domain"/>, or <see langword="null"/> for any.</param>
    /// <param name="path">Their <see cref="Cookie.Path"/>, or <see langword="null"/> for any.</param>
    /// <returns>How many there were.</returns>
    public int Remove(string name, string? domain = null, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return RemoveAll(cookie => IsCalled(cookie, name, domain, path));
    }

    /// <summary>Removes what has expired. A jar does so by itself where it comes across it; this frees the memory now.</summary>
    /// <returns>How many there were.</returns>
    public int RemoveExpired()
    {
        DateTimeOffset now = _time.GetUtcNow();
        return RemoveAll(cookie => cookie.HasExpired(now));
    }

    /// <summary>Removes the cookies without an expiry date, as a browser does when it closes.</summary>
    /// <returns>How many there were.</returns>
    public int RemoveSessionCookies() => RemoveAll(cookie => cookie.Expires is null);

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        lock (_lock) _store.Clear();
    }

    /// <summary>Removes the cookies of one domain, host-only ones and others, but none of the domains above and below it.</summary>
    /// <param name="domain">The domain, as in <see cref="Cookie.Domain"/>; a leading dot makes no difference.</param>
    public void Clear(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        RemoveAll(cookie => IsDomain(cookie, domain));
    }

    /// <summary>Enumerates the cookies that have not expired, the oldest first, as they were at this moment.</summary>
    public IEnumerator<Cookie> GetEnumerator() => Snapshot().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>How many cookies there are, and no value of any.</summary>
    public override string ToString() => IsNone ? "<CookieJar.None>" : $"<CookieJar [{Count}]>";

    private static bool IsCalled(Cookie cookie, string name, string? domain, string? path) =>
        cookie.Name == name && (domain is null || IsDomain(cookie, domain)) && (path is null || cookie.Path == path);

    private static bool IsDomain(Cookie cookie, string domain) =>
        cookie.Domain.AsSpan().Equals(domain.AsSpan().TrimStart('.'), StringComparison.OrdinalIgnoreCase);

    private static DateTimeOffset? Cap(DateTimeOffset? expires, DateTimeOffset now) =>
        expires > now + LongestLife ? now + LongestLife : expires;

    private bool SpansPublicSuffix(Cookie cookie) =>
        !cookie.IsHostOnly && !CookieDomain.IsAddress(cookie.Domain) && PublicSuffixes.IsPublicSuffix(cookie.Domain);

    private void Put(Cookie cookie)
    {
        DateTimeOffset now = _time.GetUtcNow();
        cookie = cookie with { Expires = Cap(cookie.Expires, now), Created = cookie.Created == default ? now : cookie.Created };
        lock (_lock) _store.Put(cookie, now);
    }

    private int RemoveAll(Predicate<Cookie> condition)
    {
        lock (_lock) return _store.RemoveAll(condition);
    }

    private List<Cookie> Snapshot()
    {
        DateTimeOffset now = _time.GetUtcNow();
        lock (_lock) return _store.Snapshot(now);
    }
}
