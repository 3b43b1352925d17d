namespace RequestsAsync;

/// <summary>The promises of a cookie's name (RFC 6265bis §5.4 and §5.7), upheld whatever the prefix's case.</summary>
internal static class CookiePrefix
{
    private const string Secure = "__Secure-";
    private const string Host = "__Host-";

    /// <summary>Whether the cookie is what its name says it is.</summary>
    /// <param name="cookie">The cookie.</param>
    /// <param name="hasPath">Whether its path was written down: the default path is not enough for <c>__Host-</c>, be it <c>/</c>.</param>
    public static bool IsUpheld(Cookie cookie, bool hasPath = true)
    {
        // Without a name the value alone is sent, and a server would take it for a cookie with that prefix.
        if (cookie.Name.Length == 0) return !Begins(cookie.Value, Secure) && !Begins(cookie.Value, Host);
        if (Begins(cookie.Name, Host)) return cookie.IsSecure && cookie.IsHostOnly && hasPath && cookie.Path == "/";

        return cookie.IsSecure || !Begins(cookie.Name, Secure);
    }

    private static bool Begins(string text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
