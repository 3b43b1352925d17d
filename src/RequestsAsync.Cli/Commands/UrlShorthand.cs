namespace RequestsAsync.Cli;

/// <summary>URLs as people type them at a terminal.</summary>
internal static class UrlShorthand
{
    /// <summary>
    /// <c>:3000/x</c> and <c>:/x</c> are on localhost; without a scheme it is http for this machine and https for every other.
    /// What is no URL then stays none: the library says what is wrong with it.
    /// </summary>
    /// <param name="text">What was typed.</param>
    /// <param name="defaultScheme">The scheme of URLs without one, for this machine too.</param>
    public static string Expand(string text, string? defaultScheme = null)
    {
        if (HasScheme(text)) return text;
        if (text.StartsWith("://", StringComparison.Ordinal)) text = text[3..];
        else if (text.StartsWith(':')) text = "localhost" + (text.Length > 1 && char.IsAsciiDigit(text[1]) ? text : text[1..]);
        if (defaultScheme is not null) return $"{defaultScheme}://{text}";

        string plain = "http://" + text;
        return Url.TryParse(plain, out Url? url) && url.IsLoopback ? plain : "https://" + text;
    }

    /// <summary>Whether a path has a segment that is resolved: <c>.</c> or <c>..</c>, also in percent encoding.</summary>
    public static bool HasDotSegments(string url) =>
        url.Split('?', '#')[0].Split('/').Any(static segment => segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..");

    /// <summary>Whether it begins with a scheme. <c>localhost:3000</c> begins as one does (RFC 3986 §3.1), so the slashes decide.</summary>
    public static bool HasScheme(string text)
    {
        int colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0 || !char.IsAsciiLetter(text[0])) return false;

        foreach (char c in text.AsSpan(0, colon))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return false;
        }

        return true;
    }
}
