using System.Text;

namespace RequestsAsync.Cli;

/// <summary>What curl does to a URL before it is requested.</summary>
internal static class CurlUrl
{
    /// <summary>Adds the scheme that is missing; one slash after it, and three, are taken for two.</summary>
    /// <exception cref="CommandException">The scheme is not one of HTTP's.</exception>
    public static string WithScheme(string url, string defaultScheme)
    {
        url = WithTwoSlashes(url);
        int end = url.IndexOf("://", StringComparison.Ordinal);
        bool hasScheme = end > 0 && url.AsSpan(0, end).IndexOfAny("/?#@") < 0;
        if (!hasScheme) return $"{defaultScheme}://{url}";

        string scheme = url[..end].ToLowerInvariant();
        if (scheme is "http" or "https") return url;
        throw new CommandException($"the URL '{TerminalText.Line(url)}' is not supported: this command speaks http and https.", "");
    }

    private static string WithTwoSlashes(string url)
    {
        int colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || url[..colon].ToLowerInvariant() is not ("http" or "https")) return url;

        string rest = url[(colon + 1)..].TrimStart('/');
        int slashes = url.Length - colon - 1 - rest.Length;
        return slashes is 1 or 3 ? $"{url[..colon]}://{rest}" : url;
    }

    /// <summary>Adds to the query, before the fragment.</summary>
    public static string WithQuery(string url, string query)
    {
        if (query.Length == 0) return url;

        int hash = url.IndexOf('#', StringComparison.Ordinal);
        string fragment = hash < 0 ? "" : url[hash..];
        string before = hash < 0 ? url : url[..hash];
        bool hasQuery = before.Contains('?', StringComparison.Ordinal);
        string joint = !hasQuery ? "?" : before[^1] is '?' or '&' ? "" : "&";
        return before + joint + query + fragment;
    }

    /// <summary>What an upload goes to: a URL without a last segment takes the file's name.</summary>
    public static string ForUpload(string url, string path)
    {
        int query = url.AsSpan().IndexOfAny('?', '#');
        string before = query < 0 ? url : url[..query];
        int authority = before.IndexOf("://", StringComparison.Ordinal) + 3;
        int slash = before.IndexOf('/', authority);
        if (path is "-" or "." || (slash >= 0 && !before.EndsWith('/'))) return url;

        string name = Escape(Encoding.UTF8.GetBytes(path[(path.LastIndexOfAny(['/', '\\']) + 1)..]));
        return before + (slash < 0 ? "/" : "") + name + (query < 0 ? "" : url[query..]);
    }

    /// <summary>The name that <c>-O</c> gives a file: the last segment of the path.</summary>
    public static string FileName(string url)
    {
        int end = url.AsSpan().IndexOfAny('?', '#');
        string before = end < 0 ? url : url[..end];
        int authority = before.IndexOf("://", StringComparison.Ordinal) + 3;
        string path = before.IndexOf('/', authority) is >= 0 and int slash ? before[slash..].TrimEnd('/') : "";
        string name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length > 0 && name is not ("." or "..") ? name : "curl_response";
    }

    /// <summary>Percent-encodes all but letters, digits and <c>-._~</c>, as <c>curl_easy_escape</c>.</summary>
    public static string Escape(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        foreach (byte b in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~') text.Append((char)b);
            else text.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
