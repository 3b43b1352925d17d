using System.Runtime.InteropServices;

namespace RequestsAsync;

/// <summary>The cookies of a jar, by domain, within limits. It judges no cookie and is not thread-safe: the jar is, and does.</summary>
internal sealed class CookieStore
{
    private static readonly Comparison<StoredCookie> ForSending = StoredCookie.CompareForSending;
    private static readonly Comparison<StoredCookie> ByAge = StoredCookie.CompareByAge;

    private readonly int _maxPerDomain;
    private readonly int _max;
    private readonly Dictionary<string, List<StoredCookie>> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<StoredCookie>>.AlternateLookup<ReadOnlySpan<char>> _domainsBySpan;
    private readonly List<StoredCookie> _matches = [];
    private int _count;
    private long _lastTicket;

    public CookieStore(int maxPerDomain, int max)
    {
        _maxPerDomain = maxPerDomain;
        _max = max;
        _domainsBySpan = _domains.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>
    /// Whether there is nothing at all, not even what has expired. The one member that may be read without the jar's lock.
    /// </summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public int Count => _count;

    /// <summary>RFC 6265bis §5.7: replaces the cookie of this name, domain and path, or adds it; an expired one removes it.</summary>
    public void Put(Cookie cookie, DateTimeOffset now)
    {
        if (!_domains.TryGetValue(cookie.Domain, out List<StoredCookie>? held)) held = [];

        int twin = held.FindIndex(other => AreTwins(other.Cookie, cookie));
        if (cookie.HasExpired(now))
        {
            if (twin >= 0) RemoveAt(held, twin);
        }
        else if (twin >= 0)
        {
            held[twin].Cookie = cookie with { Created = held[twin].Cookie.Created };
            held[twin].LastUse = ++_lastTicket;
        }
        else
        {
            if (held.Count == 0) _domains.Add(cookie.Domain, held);
            held.Add(new(cookie, ++_lastTicket));
            _count++;
            if (held.Count > _maxPerDomain) EvictFrom(held, now);
            if (_count > _max) Evict(now);
        }
    }

    /// <summary>
    /// RFC 6265bis §5.7, "leave secure cookies alone": whether a cookie from http would hide one that only https may touch.
    /// </summary>
    public bool HoldsSecureTwin(Cookie cookie, DateTimeOffset now)
    {
        foreach ((string domain, List<StoredCookie> held) in _domains)
        {
            if (!CookieDomain.Matches(cookie.Domain, domain) && !CookieDomain.Matches(domain, cookie.Domain)) continue;

            foreach (StoredCookie stored in held)
            {
                Cookie other = stored.Cookie;
                if (other.IsSecure && other.Name == cookie.Name && !other.HasExpired(now) && CookiePath.Matches(cookie.Path, other.Path)) return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The Cookie field of a request, or <see langword="null"/> for none. Looks at the host's domain and its parents alone, and
    /// allocates the result alone.
    /// </summary>
    public string? Header(bool isSecure, ReadOnlySpan<char> host, ReadOnlySpan<char> path, DateTimeOffset now)
    {
        bool hasParents = !CookieDomain.IsAddress(host);
        int dot = -1;
        do
        {
            ReadOnlySpan<char> domain = host[(dot + 1)..];
            if (_domainsBySpan.TryGetValue(domain, out List<StoredCookie>? held))
                AddMatches(held, isSecure, isHost: domain.Length == host.Length, path, now);

            int next = domain.IndexOf('.');
            dot = next < 0 ? -1 : dot + 1 + next;
        }
        while (hasParents && dot >= 0);

        if (_matches.Count == 0) return null;

        if (_matches.Count > 1) CollectionsMarshal.AsSpan(_matches).Sort(ForSending);
        foreach (StoredCookie match in _matches) match.LastUse = ++_lastTicket;
        string header = Join(_matches);
        _matches.Clear();
        return header;
    }

    public int RemoveAll(Predicate<Cookie> condition)
    {
        int before = _count;
        foreach (List<StoredCookie> held in _domains.Values)
        {
            for (int i = held.Count - 1; i >= 0; i--)
            {
                if (condition(held[i].Cookie)) RemoveAt(held, i);
            }
        }

        return before - _count;
    }

    public void Clear()
    {
        _domains.Clear();
        _count = 0;
    }

    /// <summary>The cookies that have not expired, oldest first.</summary>
    public List<Cookie> Snapshot(DateTimeOffset now)
    {
        List<StoredCookie> all = new(_count);
        foreach (List<StoredCookie> held in _domains.Values) all.AddRange(held);
        all.RemoveAll(stored => stored.Cookie.HasExpired(now));
        all.Sort(ByAge);
        return all.ConvertAll(stored => stored.Cookie);
    }

    private static bool AreTwins(Cookie x, Cookie y) => x.Name == y.Name && x.Path == y.Path && x.IsHostOnly == y.IsHostOnly;

    private static string Join(List<StoredCookie> cookies)
    {
        int length = -2;
        foreach (StoredCookie stored in cookies)
            length += stored.Cookie.Value.Length + 2 + (stored.Cookie.Name.Length == 0 ? 0 : stored.Cookie.Name.Length + 1);

        return string.Create(length, cookies, static (rest, cookies) =>
        {
            for (int i = 0; i < cookies.Count; i++)
            {
                Cookie cookie = cookies[i].Cookie;
                if (i > 0) Write(ref rest, "; ");
                if (cookie.Name.Length > 0)
                {
                    Write(ref rest, cookie.Name);
                    Write(ref rest, "=");
                }

                Write(ref rest, cookie.Value);
            }
        });
    }

    private static void Write(ref Span<char> rest, string text)
    {
        text.CopyTo(rest);
        rest = rest[text.Length..];
    }

    private void AddMatches(List<StoredCookie> held, bool isSecure, bool isHost, ReadOnlySpan<char> path, DateTimeOffset now)
    {
        for (int i = held.Count - 1; i >= 0; i--)
        {
            StoredCookie stored = held[i];
            Cookie cookie = stored.Cookie;
            bool reachesHost = isHost || !cookie.IsHostOnly;
            bool mayTravel = isSecure || !cookie.IsSecure;
            if (cookie.HasExpired(now)) RemoveAt(held, i);
            else if (reachesHost && mayTravel && CookiePath.Matches(path, cookie.Path)) _matches.Add(stored);
        }
    }

    // RFC 6265bis §5.7, the end: of a domain with too many, the expired go first, then what http could have set.
    private void EvictFrom(List<StoredCookie> held, DateTimeOffset now)
    {
        StoredCookie? victim = null;
        RemoveExpired(held, now, sparesSecure: true, ref victim);
        if (held.Count > _maxPerDomain) Remove(victim!);
    }

    // And of a jar with too many, the expired, then whichever was not sent for the longest time, secure or not.
    private void Evict(DateTimeOffset now)
    {
        StoredCookie? victim = null;
        foreach (List<StoredCookie> held in _domains.Values) RemoveExpired(held, now, sparesSecure: false, ref victim);
        if (_count > _max) Remove(victim!);
    }

    /// <summary>Finds, among those that stay and the victim so far, the one that is to go next.</summary>
    private void RemoveExpired(List<StoredCookie> held, DateTimeOffset now, bool sparesSecure, ref StoredCookie? victim)
    {
        for (int i = held.Count - 1; i >= 0; i--)
        {
            StoredCookie stored = held[i];
            if (stored.Cookie.HasExpired(now)) RemoveAt(held, i);
            else if (victim is null || GoesBefore(stored, victim, sparesSecure)) victim = stored;
        }
    }

    private static bool GoesBefore(StoredCookie x, StoredCookie y, bool sparesSecure) =>
        sparesSecure && x.Cookie.IsSecure != y.Cookie.IsSecure ? y.Cookie.IsSecure : x.LastUse < y.LastUse;

    private void Remove(StoredCookie stored)
    {
        List<StoredCookie> held = _domains[stored.Cookie.Domain];
        RemoveAt(held, held.IndexOf(stored));
    }

    // A dictionary may lose entries while it is enumerated.
    private void RemoveAt(List<StoredCookie> held, int index)
    {
        string domain = held[index].Cookie.Domain;
        held.RemoveAt(index);
        _count--;
        if (held.Count == 0) _domains.Remove(domain);
    }
}
