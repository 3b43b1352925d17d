namespace RequestsAsync;

/// <summary>The schemes that a <see cref="Url"/> may have.</summary>
internal static class UrlScheme
{
    /// <summary>The scheme in lower case, or <see langword="null"/> when it is not one of ours.</summary>
    public static string? Find(ReadOnlySpan<char> scheme)
    {
        if (scheme.Equals("https", StringComparison.OrdinalIgnoreCase)) return "https";
        if (scheme.Equals("http", StringComparison.OrdinalIgnoreCase)) return "http";
        if (scheme.Equals("wss", StringComparison.OrdinalIgnoreCase)) return "wss";
        if (scheme.Equals("ws", StringComparison.OrdinalIgnoreCase)) return "ws";
        return null;
    }

    /// <summary>Whether the scheme, in lower case, stands for TLS.</summary>
    public static bool IsSecure(ReadOnlySpan<char> scheme) => scheme is "https" or "wss";

    /// <summary>The port of a scheme in lower case.</summary>
    public static int DefaultPort(ReadOnlySpan<char> scheme) => IsSecure(scheme) ? 443 : 80;

    /// <summary>The length of the scheme that a URL begins with, or -1 when it begins with none.</summary>
    public static int Length(ReadOnlySpan<char> url)
    {
        int colon = url.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(url[0])) return -1;

        foreach (char c in url[..colon])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return -1;
        }

        return colon;
    }
}
