using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RequestsAsync;

/// <summary>The URL standard's basic URL parser (https://url.spec.whatwg.org/#concept-basic-url-parser) for http, https, ws and wss.</summary>
/// <remarks>
/// For these schemes the standard's states come down to one walk from left to right, each component written as it is met. A text
/// that is in its serialised form already becomes the URL's own string, without a copy.
/// </remarks>
internal ref struct UrlParser
{
    private const int StackBuffer = 512;

    private readonly Url? _base;
    private UrlBuilder _href;
    private UrlParts _parts;

    private UrlParser(Url? baseUrl, Span<char> buffer)
    {
        _base = baseUrl;
        _href = new UrlBuilder(buffer);
    }

    /// <summary>Parses <paramref name="text"/>, against <paramref name="baseUrl"/> where there is one.</summary>
    /// <param name="text">The URL or reference.</param>
    /// <param name="baseUrl">What a reference is relative to.</param>
    /// <param name="url">The URL.</param>
    /// <param name="problem">One sentence or two on what is wrong with the text.</param>
    public static bool TryParse(string text, Url? baseUrl, [NotNullWhen(true)] out Url? url, [NotNullWhen(false)] out string? problem)
    {
        UrlParser parser = new(baseUrl, stackalloc char[StackBuffer]);
        try
        {
            problem = parser.Parse(Strip(text));
            url = problem is null ? parser.ToUrl(text) : null;
            return url is not null;
        }
        finally
        {
            parser.Dispose();
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => _href.Dispose();

    private readonly Url ToUrl(string text)
    {
        ReadOnlySpan<char> href = _href.Written;
        return new Url(href.SequenceEqual(text) ? text : href.ToString(), _parts);
    }

    /// <summary>Drops control characters and spaces at both ends, and tabs and line ends everywhere.</summary>
    private static ReadOnlySpan<char> Strip(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty && rest[0] <= ' ') rest = rest[1..];
        while (!rest.IsEmpty && rest[^1] <= ' ') rest = rest[..^1];
        if (rest.IndexOfAny('\t', '\n', '\r') < 0) return rest;

        char[] kept = new char[rest.Length];
        int count = 0;
        foreach (char c in rest)
        {
            if (c is not ('\t' or '\n' or '\r')) kept[count++] = c;
        }

        return kept.AsSpan(0, count);
    }

    private string? Parse(ReadOnlySpan<char> text)
    {
        int length = UrlScheme.Length(text);
        if (length < 0) return _base is null ? NoScheme(text) : ParseRelative(text, _base);

        ReadOnlySpan<char> rest = text[(length + 1)..];
        string? scheme = UrlScheme.Find(text[..length]);
        if (scheme is null)
        {
            // "localhost:8080" is a scheme and a path to the standard, and never what was meant.
            return !rest.IsEmpty && char.IsAsciiDigit(rest[0])
                ? NoScheme(text)
                : $"The scheme '{text[..length]}' is not supported, only http, https, ws and wss are.";
        }

        // "http:path" is relative to a base of the same scheme.
        return _base is not null && _base.Scheme == scheme && !rest.StartsWith("//") ? ParseRelative(rest, _base) : ParseAbsolute(scheme, rest);
    }

    private static string NoScheme(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return "It is empty.";
        if (text.StartsWith("//")) return $"No scheme. Perhaps you meant https:{UrlText.Shown(text)}?";
        return text[0] is '/' or '\\' or '?' or '#' or '.'
            ? "No scheme. A relative URL needs a base address."
            : $"No scheme. Perhaps you meant https://{UrlText.Shown(text)}?";
    }

    private string? ParseAbsolute(ReadOnlySpan<char> scheme, ReadOnlySpan<char> rest)
    {
        _href.Append(scheme);
        _parts = _parts with { SchemeEnd = scheme.Length };
        _href.Append("://");

        rest = rest.TrimStart("/\\");
        int end = rest.IndexOfAny("/\\?#");
        ReadOnlySpan<char> authority = end < 0 ? rest : rest[..end];
        string? problem = ParseAuthority(scheme, authority);
        if (problem is not null) return problem;

        ParsePath(rest[authority.Length..]);
        return null;
    }

    private string? ParseRelative(ReadOnlySpan<char> rest, Url baseUrl)
    {
        bool hasSlash = !rest.IsEmpty && IsSlash(rest[0]);
        if (hasSlash && rest.Length > 1 && IsSlash(rest[1])) return ParseAbsolute(baseUrl.Scheme, rest);

        ReadOnlySpan<char> href = baseUrl.Href;
        UrlParts parts = baseUrl.Parts;
        _parts = parts;
        if (hasSlash)
        {
            _href.Append(href[..parts.PathStart]);
            ParsePath(rest);
        }
        else if (rest.IsEmpty || rest[0] == '#')
        {
            _href.Append(href[..parts.QueryEnd]);
            ParseFragment(rest);
        }
        else if (rest[0] == '?')
        {
            _href.Append(href[..parts.PathEnd]);
            ParseQuery(rest);
        }
        else
        {
            _href.Append(href[..href[..parts.PathEnd].LastIndexOf('/')]);
            ParsePath(rest);
        }

        return null;
    }

    private string? ParseAuthority(ReadOnlySpan<char> scheme, ReadOnlySpan<char> authority)
    {
        // The last '@' is the delimiter, the ones before it belong to the password.
        int at = authority.LastIndexOf('@');
        if (at >= 0) WriteUserInfo(authority[..at]);

        ReadOnlySpan<char> host = authority[(at + 1)..];
        int colon = PortDelimiter(host);
        ReadOnlySpan<char> port = colon < 0 ? default : host[(colon + 1)..];
        if (colon >= 0) host = host[..colon];
        if (host.IsEmpty) return "No host.";

        int hostStart = _href.Length;
        string? problem = HostParser.Write(host, ref _href);
        if (problem is not null) return problem;

        int hostEnd = _href.Length;
        int defaultPort = UrlScheme.DefaultPort(scheme);
        if (!TryParsePort(port, defaultPort, out int number)) return "The port is no number from 0 to 65535.";
        if (number != defaultPort)
        {
            _href.Append(':');
            _href.Append(number);
        }

        _parts = _parts with { HostStart = hostStart, HostEnd = hostEnd, PathStart = _href.Length, Port = number };
        return null;
    }

    private void WriteUserInfo(ReadOnlySpan<char> userInfo)
    {
        int colon = userInfo.IndexOf(':');
        ReadOnlySpan<char> userName = colon < 0 ? userInfo : userInfo[..colon];
        ReadOnlySpan<char> password = colon < 0 ? default : userInfo[(colon + 1)..];
        if (userName.IsEmpty && password.IsEmpty) return;

        _href.AppendEncoded(userName, PercentEncoding.UserInfo);
        if (!password.IsEmpty)
        {
            _href.Append(':');
            _href.AppendEncoded(password, PercentEncoding.UserInfo);
        }

        _href.Append('@');
    }

    /// <summary>The first ':' outside brackets, or -1.</summary>
    private static int PortDelimiter(ReadOnlySpan<char> host)
    {
        bool isInBrackets = false;
        for (int i = 0; i < host.Length; i++)
        {
            switch (host[i])
            {
                case '[': isInBrackets = true; break;
                case ']': isInBrackets = false; break;
                case ':' when !isInBrackets: return i;
            }
        }

        return -1;
    }

    private static bool TryParsePort(ReadOnlySpan<char> text, int defaultPort, out int port)
    {
        port = defaultPort;
        return text.IsEmpty || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue);
    }

    /// <summary>Writes path, query and fragment; what is written behind the authority already is the path they are relative to.</summary>
    private void ParsePath(ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAny('?', '#');
        ReadOnlySpan<char> path = end < 0 ? rest : rest[..end];
        if (!path.IsEmpty && IsSlash(path[0])) path = path[1..];

        while (true)
        {
            int slash = path.IndexOfAny('/', '\\');
            bool isLast = slash < 0;
            ReadOnlySpan<char> segment = isLast ? path : path[..slash];

            int dots = DotCount(segment);
            if (dots == 2) _href.Truncate(Math.Max(_parts.PathStart, _href.Written.LastIndexOf('/')));
            // A dot segment at the end leaves its slash.
            if (dots == 0 || isLast) _href.Append('/');
            if (dots == 0) _href.AppendEncoded(segment, PercentEncoding.Path);

            if (isLast) break;
            path = path[(slash + 1)..];
        }

        ParseQuery(end < 0 ? default : rest[end..]);
    }

    /// <summary>1 for "." and 2 for "..", each dot perhaps as "%2e"; 0 for any other segment.</summary>
    private static int DotCount(ReadOnlySpan<char> segment)
    {
        int dots = 0;
        while (!segment.IsEmpty)
        {
            int length = segment[0] == '.' ? 1 : segment.StartsWith("%2e", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
            if (length == 0 || dots == 2) return 0;
            segment = segment[length..];
            dots++;
        }

        return dots;
    }

    private void ParseQuery(ReadOnlySpan<char> rest)
    {
        _parts = _parts with { PathEnd = _href.Length };
        int end = rest.IndexOf('#');
        ReadOnlySpan<char> query = end < 0 ? rest : rest[..end];
        if (!query.IsEmpty)
        {
            _href.Append('?');
            _href.AppendEncoded(query[1..], PercentEncoding.Query);
        }

        ParseFragment(rest[query.Length..]);
    }

    private void ParseFragment(ReadOnlySpan<char> rest)
    {
        _parts = _parts with { QueryEnd = _href.Length };
        if (rest.IsEmpty) return;

        _href.Append('#');
        _href.AppendEncoded(rest[1..], PercentEncoding.Fragment);
    }

    private static bool IsSlash(char c) => c is '/' or '\\';
}
