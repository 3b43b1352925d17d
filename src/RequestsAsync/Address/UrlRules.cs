namespace RequestsAsync;

/// <summary>What a URL that a user asks for must keep besides the URL standard, which forgives much that is a mistake here.</summary>
/// <remarks>A Location or Link header is not held to these: what a server sends is read as leniently as a browser reads it.</remarks>
internal static class UrlRules
{
    /// <summary>Checks the text as it was typed, before it is parsed or joined to a base.</summary>
    /// <exception cref="InvalidRequestException">It holds a control character, or names a scheme and no host.</exception>
    public static void CheckForRequest(string raw)
    {
        // httpx refuses these; the standard would drop some and encode others without a word.
        int control = raw.AsSpan().IndexOfAnyInRange('\0', '\u001f');
        if (control < 0) control = raw.IndexOf('\u007f', StringComparison.Ordinal);
        if (control >= 0) throw Invalid(raw, $"It has the control character U+{(int)raw[control]:X4} at position {control}; remove it, or percent-encode it.");

        // The standard takes "http:///path" and "http:path" for the host "path".
        ReadOnlySpan<char> text = raw.AsSpan().TrimStart(' ');
        int length = UrlScheme.Length(text);
        if (length < 0 || UrlScheme.Find(text[..length]) is not string scheme) return;

        ReadOnlySpan<char> rest = text[(length + 1)..];
        bool hasHost = rest.StartsWith("//") && rest.Length > 2 && rest[2] is not ('/' or '\\' or '?' or '#');
        if (!hasHost) throw Invalid(raw, $"No host. A URL reads {scheme}://host/path.");
    }

    /// <summary>Checks the parsed URL.</summary>
    /// <exception cref="InvalidRequestException">Its host is a pattern, or no name that can be looked up.</exception>
    public static void CheckForRequest(Url url)
    {
        if (url.Host[0] is '*' or '.')
            throw Invalid(url.ToString(), $"The host begins with '{url.Host[0]}'. Name one host; a pattern is none.");

        _ = url.ToUri();
    }

    private static InvalidRequestException Invalid(string text, string problem) => new($"Invalid URL '{UrlText.Shown(text)}': {problem}");
}
