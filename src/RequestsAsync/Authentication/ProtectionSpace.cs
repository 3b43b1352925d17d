namespace RequestsAsync;

/// <summary>The URLs of one origin that a Digest answer may be sent to unasked (RFC 7616 §3.3, <c>domain</c>).</summary>
/// <remarks>URLs are absolute and normal as they are sent: lower-case scheme and host, no default port, no user-info.</remarks>
internal sealed class ProtectionSpace
{
    private readonly List<string> _prefixes = [];

    private ProtectionSpace(string origin) => Origin = origin;

    public string Origin { get; }

    /// <summary>The space of a challenge that came from <paramref name="url"/>: its whole origin, or what <paramref name="domain"/> lists of it.</summary>
    /// <remarks>RFC 7616 lets a server list other hosts. They are passed over: no answer goes to an origin that did not ask.</remarks>
    public static ProtectionSpace Of(string url, string? domain = null)
    {
        string origin = OriginOf(url);
        ProtectionSpace space = new(origin);
        if (string.IsNullOrWhiteSpace(domain))
        {
            space._prefixes.Add(origin);
            return space;
        }

        foreach (string item in domain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (item.StartsWith('/') && !item.StartsWith("//", StringComparison.Ordinal))
                space._prefixes.Add(origin + item);
            else if (OriginOf(item).Equals(origin, StringComparison.OrdinalIgnoreCase))
                space._prefixes.Add(string.Concat(origin, item.AsSpan(origin.Length)));
        }

        return space;
    }

    public bool Covers(string url)
    {
        foreach (string prefix in _prefixes)
        {
            if (IsWithin(url, prefix)) return true;
        }

        return false;
    }

    public bool IsSameAs(ProtectionSpace other) => _prefixes.SequenceEqual(other._prefixes, StringComparer.Ordinal);

    /// <summary>True if the URL begins with the prefix, and what follows begins a new segment or the query.</summary>
    private static bool IsWithin(string url, string prefix) =>
        url.StartsWith(prefix, StringComparison.Ordinal)
        && (url.Length == prefix.Length || prefix.EndsWith('/') || url[prefix.Length] is '/' or '?');

    private static string OriginOf(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return "";

        int authority = scheme + "://".Length;
        int length = url.AsSpan(authority).IndexOfAny('/', '?', '#');
        return length < 0 ? url : url[..(authority + length)];
    }
}
