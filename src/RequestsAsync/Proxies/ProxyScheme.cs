namespace RequestsAsync;

/// <summary>The schemes that a <see cref="Proxy"/> may have.</summary>
internal static class ProxyScheme
{
    private const int SocksPort = 1080; // RFC 1928 §3

    private static readonly string[] All = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

    /// <summary>The scheme in lower case, or <see langword="null"/> when it is not one of ours.</summary>
    public static string? Find(ReadOnlySpan<char> scheme)
    {
        foreach (string known in All)
        {
            if (scheme.Equals(known, StringComparison.OrdinalIgnoreCase)) return known;
        }

        return null;
    }

    public static int DefaultPort(string scheme) => IsSocks(scheme) ? SocksPort : UrlScheme.DefaultPort(scheme);

    public static bool IsSocks(string scheme) => scheme.StartsWith("socks", StringComparison.Ordinal);

    /// <summary>Whether the SOCKS proxy is told host names, and finds their addresses itself.</summary>
    public static bool TakesNames(string scheme) => scheme is "socks4a" or "socks5h";
}
