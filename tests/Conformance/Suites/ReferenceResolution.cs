namespace RequestsAsync.Conformance.Suites;

/// <summary>Judges one reference against one base, by the result of another implementation of RFC 3986.</summary>
internal static class ReferenceResolution
{
    public static CaseResult Judge(string id, string baseText, string reference, string expected)
    {
        if (!UrlData.IsOurs(baseText) || !UrlData.IsOurs(expected)) return CaseResult.Disputed(id, "base or result is not http or https");

        Url? actual = UrlData.Parse(reference, baseText);
        return CaseResult.Equal(id, Normalize(expected), actual?.Href);
    }

    /// <summary>Scheme-based normalisation (RFC 3986 §6.2.3), which the URL standard always does and other parsers leave: an empty path is
    /// "/", and the default port is not written.</summary>
    public static string Normalize(string url)
    {
        int start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int end = url.IndexOfAny(['/', '?', '#'], start);
        if (end < 0) end = url.Length;

        string defaultPort = url.StartsWith("https:", StringComparison.Ordinal) ? ":443" : ":80";
        string authority = url[start..end];
        if (authority.EndsWith(defaultPort, StringComparison.Ordinal)) authority = authority[..^defaultPort.Length];

        string path = end < url.Length && url[end] == '/' ? "" : "/";
        return url[..start] + authority + path + url[end..];
    }
}
