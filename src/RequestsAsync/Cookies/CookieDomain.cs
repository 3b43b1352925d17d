namespace RequestsAsync;

/// <summary>What a host is to cookies: an address, a loopback, a name below a domain.</summary>
internal static class CookieDomain
{
    /// <summary>RFC 6265bis §5.1.3: the host is the domain, or a name below it. An address has no names below it.</summary>
    public static bool Matches(ReadOnlySpan<char> host, ReadOnlySpan<char> domain)
    {
        if (!host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)) return false;
        if (host.Length == domain.Length) return true;

        return !domain.IsEmpty && host[^(domain.Length + 1)] == '.' && !IsAddress(host);
    }

    /// <summary>
    /// Whether the host is an IP address: it holds a colon, or its last label is a number (WHATWG URL, "ends in a number").
    /// </summary>
    public static bool IsAddress(ReadOnlySpan<char> host)
    {
        if (host.Contains(':')) return true;

        int start = host.Length;
        while (start > 0 && char.IsAsciiDigit(host[start - 1])) start--;
        return start < host.Length && (start == 0 || host[start - 1] == '.');
    }

    /// <summary>
    /// Whether the host can only be this machine, so that plain http to it is as good as https (W3C Secure Contexts §3.1).
    /// </summary>
    public static bool IsLoopback(ReadOnlySpan<char> host) =>
        Matches(host, "localhost") || host is "::1" || (host.StartsWith("127.", StringComparison.Ordinal) && IsAddress(host));
}
