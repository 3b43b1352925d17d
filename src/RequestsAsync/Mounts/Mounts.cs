using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>Which URLs go which way, by patterns as in httpx.</summary>
/// <remarks>
/// <code>
/// Mounts =
/// {
///     ["all://*.internal"] = Proxy.None,
///     ["https://api.example.com:8443"] = "http://proxy.example:3128",
///     ["http://app.test"] = testServer.CreateHandler(),
/// }
/// </code>
/// <para>
/// A pattern reads <c>scheme://host:port</c>. The scheme is <c>all</c>, <c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c>. The host is a name or an address,
/// <c>*.example.com</c> for what lies below that domain, <c>*example.com</c> for that and the domain itself, <c>*</c> or nothing for any. Without a port it is
/// for every port; with one it is for that port, also where a URL leaves it out because it is the scheme's own.
/// </para>
/// <para>The most specific pattern counts: first those with a port, then the longer host, then the longer scheme; of those that are alike the one that was set first.</para>
/// <para>Not safe for writing from several threads.</para>
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "Mounts is what requests and httpx call them.")]
public sealed class Mounts : IEnumerable<KeyValuePair<string, Mount>>
{
    // The most specific first.
    private readonly List<(UrlPattern Pattern, Mount Mount)> _entries;

    /// <summary>Creates an empty collection.</summary>
    public Mounts() => _entries = [];

    private Mounts(Mounts other) => _entries = [.. other._entries];

    /// <summary>How many patterns there are.</summary>
    public int Count => _entries.Count;

    /// <summary>The way of a pattern, or <see langword="null"/> when it has none. Setting replaces, and <see langword="null"/> removes.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pattern"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidRequestException">It is no pattern; the message says what is wrong with it.</exception>
    public Mount? this[string pattern]
    {
        get
        {
            UrlPattern parsed = UrlPattern.Parse(pattern);
            return _entries.Find(entry => entry.Pattern.Equals(parsed)).Mount;
        }

        set
        {
            UrlPattern parsed = UrlPattern.Parse(pattern);
            int at = _entries.FindIndex(entry => entry.Pattern.Equals(parsed));
            if (at >= 0) _entries.RemoveAt(at);
            if (value is null) return;

            if (at < 0) at = _entries.FindIndex(entry => entry.Pattern.Specificity.CompareTo(parsed.Specificity) < 0);
            _entries.Insert(at < 0 ? _entries.Count : at, (parsed, value));
        }
    }

    /// <summary>Every pattern with its way, the most specific first.</summary>
    public IEnumerator<KeyValuePair<string, Mount>> GetEnumerator()
    {
        foreach ((UrlPattern pattern, Mount mount) in _entries)
            yield return new(pattern.ToString(), mount);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The patterns only.</summary>
    public override string ToString() => $"<Mounts [{string.Join(", ", _entries.Select(entry => entry.Pattern))}]>";

    internal Mounts Clone() => new(this);

    /// <summary>The way to the URL, or <see langword="null"/> when no pattern matches it.</summary>
    internal Mount? Find(Url url)
    {
        foreach ((UrlPattern pattern, Mount mount) in _entries)
        {
            if (pattern.Matches(url)) return mount;
        }

        return null;
    }
}
