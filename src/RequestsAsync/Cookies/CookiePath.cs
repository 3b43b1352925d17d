namespace RequestsAsync;

/// <summary>The two rules of RFC 6265bis §5.1.4.</summary>
internal static class CookiePath
{
    /// <summary>The path of a cookie that names none: the request's, up to its last slash.</summary>
    public static ReadOnlySpan<char> Default(ReadOnlySpan<char> requestPath)
    {
        if (requestPath is not ['/', ..]) return "/";

        int last = requestPath.LastIndexOf('/');
        return last == 0 ? "/" : requestPath[..last];
    }

    /// <summary>
    /// Whether a cookie of this path goes with a request for that one: <c>/a</c> covers <c>/a</c> and <c>/a/b</c>, not <c>/ab</c>.
    /// </summary>
    public static bool Matches(ReadOnlySpan<char> requestPath, ReadOnlySpan<char> cookiePath)
    {
        if (!requestPath.StartsWith(cookiePath, StringComparison.Ordinal)) return false;

        return requestPath.Length == cookiePath.Length || cookiePath is [.., '/'] || requestPath[cookiePath.Length] == '/';
    }
}
