namespace RequestsAsync.Testing;

/// <summary>A URL with wildcards: <c>https://*.example.com/users/{id}/**</c>.</summary>
/// <remarks>
/// Paths are compared decoded, segment by segment, so <c>%7E</c> and <c>~</c> are the same. <c>*</c> stands for any part of a segment, <c>{name}</c> for
/// one that is not empty, <c>**</c> for any number of whole segments.
/// </remarks>
internal sealed class UrlTemplate : RoutePattern
{
    private const string AnySegments = "**";

    private readonly string _text;
    private readonly string? _scheme; // null: any
    private readonly TextPattern? _host; // null: any origin
    private readonly string? _port; // null: that of the scheme
    private readonly TextPattern?[]? _path; // null: any; of its items: any segments

    private UrlTemplate(string text, string? scheme, string? host, string? port, string? path)
    {
        _text = text;
        _scheme = scheme;
        _host = host is null ? null : new TextPattern(host, ".+", "[^.]+", ignoresCase: true);
        _port = port;
        _path = path is null ? null : [.. path[1..].Split('/').Select(segment =>
            segment == AnySegments ? null : new TextPattern(PercentEncoding.Decode(segment), ".*", ".+", ignoresCase: false))];
    }

    /// <summary>Reads a pattern; the query behind it is for the caller to require.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    internal static UrlTemplate Parse(string text, out string? query)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        query = null;
        string url = text.Trim();
        if (url.Contains('#', StringComparison.Ordinal)) throw Invalid(text, "a fragment is never sent");

        int question = url.IndexOf('?', StringComparison.Ordinal);
        if (question >= 0) (url, query) = (url[..question], url[(question + 1)..]);
        if (url == "*") return new(text, scheme: null, host: null, port: null, path: null);
        if (url.StartsWith('/')) return new(text, scheme: null, host: null, port: null, url);

        int schemeEnd = url.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0) throw Invalid(text, $"it has no scheme and does not begin with '/'. Perhaps you meant https://{url} or /{url}");

        string scheme = url[..schemeEnd].ToLowerInvariant();
        if (scheme is not ("http" or "https" or "*")) throw Invalid(text, "its scheme is none of http, https and *");

        string rest = url[(schemeEnd + "://".Length)..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string authority = slash < 0 ? rest : rest[..slash];
        if (authority.Contains('@', StringComparison.Ordinal)) throw Invalid(text, "a user name is sent as a header field: require Authorization");

        int colon = authority.LastIndexOf(':');
        bool hasPort = colon > authority.LastIndexOf(']');
        string host = hasPort ? authority[..colon] : authority;
        if (host.Length == 0) throw Invalid(text, "it has no host");
        return new(text, scheme == "*" ? null : scheme, Ascii(host), hasPort ? authority[(colon + 1)..] : null, slash < 0 ? "/" : rest[slash..]);
    }

    internal override bool Matches(Url url, out IReadOnlyDictionary<string, string> parameters)
    {
        Dictionary<string, string>? named = null;
        bool matches = MatchesOrigin(url, ref named) && (_path is null || MatchesPath(_path, SegmentsOf(url), ref named));
        parameters = matches && named is not null ? named : NoParameters;
        return matches;
    }

    internal override IEnumerable<Mismatch> Explain(Url url)
    {
        Dictionary<string, string>? named = null;
        if (!MatchesOrigin(url, ref named))
            yield return new Mismatch(Mismatch.OfOrigin, $"origin: expected {_scheme ?? "*"}://{_host}{(_port is null ? "" : ":" + _port)}, got {url.Origin}");

        if (_path is null || MatchesPath(_path, SegmentsOf(url), ref named)) yield break;

        string[] actual = SegmentsOf(url);
        int expected = _path.Length;
        if (expected != actual.Length && !_path.Contains(null))
            yield return new Mismatch(Mismatch.OfPathPart * Math.Abs(expected - actual.Length), $"path: expected {expected} segments ({PathText()}), got {actual.Length} ({url.Path})");
        for (int i = 0; i < Math.Min(expected, actual.Length) && _path[i] is { } segment; i++)
        {
            if (!segment.Matches(actual[i], ref named))
                yield return new Mismatch(Mismatch.OfPathPart, $"path segment {i + 1}: expected {CallText.Quoted(segment.ToString())}, got {CallText.Quoted(actual[i])}");
        }

        if (_path.Contains(null)) yield return new Mismatch(Mismatch.OfPathPart, $"path: expected {PathText()}, got {url.Path}");
    }

    public override string ToString() => ShownText.Url(_text);

    private static string[] SegmentsOf(Url url) => [.. url.Path[1..].Split('/').Select(segment => PercentEncoding.Decode(segment))];

    private string PathText() => "/" + string.Join('/', _path!.Select(segment => segment?.ToString() ?? AnySegments));

    private bool MatchesOrigin(Url url, ref Dictionary<string, string>? parameters)
    {
        if (_host is null) return true;
        if (_scheme is not null && _scheme != url.Scheme) return false;
        bool isPort = _port switch
        {
            null => url.IsDefaultPort,
            "*" => true,
            _ => _port == url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        return isPort && _host.Matches(url.Host, ref parameters);
    }

    private static bool MatchesPath(ReadOnlySpan<TextPattern?> pattern, ReadOnlySpan<string> segments, ref Dictionary<string, string>? parameters)
    {
        if (pattern.IsEmpty) return segments.IsEmpty;
        if (pattern[0] is { } first) return !segments.IsEmpty && first.Matches(segments[0], ref parameters) && MatchesPath(pattern[1..], segments[1..], ref parameters);

        for (int skipped = 0; skipped <= segments.Length; skipped++)
        {
            if (MatchesPath(pattern[1..], segments[skipped..], ref parameters)) return true;
        }

        return false;
    }

    // A host without wildcards is written as URLs have it: lower case, IDNA.
    private static string Ascii(string host) =>
        !host.AsSpan().ContainsAny('*', '{', '}') && Url.TryParse($"http://{host}/", out Url? url) ? url.Host : host;

    private static ArgumentException Invalid(string text, string problem) => new($"'{UrlText.Shown(text)}' is no pattern of URLs: {problem}.", nameof(text));
}
