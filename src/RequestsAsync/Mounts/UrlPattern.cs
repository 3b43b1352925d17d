using System.Globalization;

namespace RequestsAsync;

/// <summary>A pattern of URLs, by scheme, host and port: httpx's <c>URLPattern</c>.</summary>
/// <remarks>Unlike there a port is compared with the one that a URL has, named or not, so that <c>https://example.com:443</c> means what it says.</remarks>
internal sealed class UrlPattern : IEquatable<UrlPattern>
{
    private const string AnyScheme = "all";

    private readonly string? _scheme;
    private readonly string _wildcard;
    private readonly string _host;
    private readonly int? _port;
    private readonly string _text;

    /// <param name="scheme">The scheme, <see langword="null"/> for any.</param>
    /// <param name="wildcard"><c>*.</c> for what lies below the host, <c>*</c> for that and the host, or nothing.</param>
    /// <param name="host">The host as <see cref="Url.Host"/> has it, empty for any.</param>
    /// <param name="port">The port, <see langword="null"/> for any.</param>
    private UrlPattern(string? scheme, string wildcard, string host, int? port)
    {
        _scheme = scheme;
        _wildcard = wildcard;
        _host = host;
        _port = port;
        _text = $"{scheme ?? AnyScheme}://{wildcard}{host}" + (port is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "");
    }

    /// <summary>Greater for what is more specific, which httpx tries first.</summary>
    public (bool HasPort, int HostLength, int SchemeLength) Specificity => (_port is not null, _wildcard.Length + _host.Length, _scheme?.Length ?? 0);

    /// <summary>Reads a pattern. An empty one is for every URL, as in httpx.</summary>
    /// <exception cref="InvalidRequestException">It is none.</exception>
    public static UrlPattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> pattern = text.AsSpan().Trim(' ');
        if (pattern.IsEmpty) return new(scheme: null, wildcard: "", host: "", port: null);

        int schemeEnd = pattern.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0) throw Invalid(text, $"It has no scheme. Perhaps you meant {Guess(pattern)}?");

        string? scheme = ParseScheme(pattern[..schemeEnd], text);
        ReadOnlySpan<char> authority = pattern[(schemeEnd + "://".Length)..];
        if (authority.EndsWith('/')) authority = authority[..^1];
        if (authority.ContainsAny("/\\?#@")) throw Invalid(text, "It holds more than a scheme, a host and a port.");

        int? port = null;
        int colon = authority.LastIndexOf(':');
        if (colon > authority.LastIndexOf(']'))
        {
            if (!ushort.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
                throw Invalid(text, "The port is no number from 0 to 65535.");
            port = number;
            authority = authority[..colon];
        }

        string wildcard = authority.StartsWith("*.") ? "*." : authority.StartsWith('*') ? "*" : "";
        return wildcard.Length == authority.Length && wildcard != "*."
            ? new(scheme, wildcard: "", host: "", port)
            : new(scheme, wildcard, ParseHost(authority[wildcard.Length..], text), port);
    }

    /// <summary>Whether the pattern is for the URL.</summary>
    public bool Matches(Url url) => (_scheme is null || _scheme == url.Scheme) && (_port is null || _port == url.Port) && (_host.Length == 0 || MatchesHost(url.Host));

    public bool Equals(UrlPattern? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as UrlPattern);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The pattern in its normal form.</summary>
    public override string ToString() => _text;

    private static string? ParseScheme(ReadOnlySpan<char> scheme, string text)
    {
        if (scheme.Equals(AnyScheme, StringComparison.OrdinalIgnoreCase)) return null;
        return UrlScheme.Find(scheme) ?? throw Invalid(text, $"The scheme is none of {AnyScheme}, http, https, ws and wss.");
    }

    private static string ParseHost(ReadOnlySpan<char> host, string text)
    {
        if (host.Contains('*')) throw Invalid(text, "A '*' stands at the beginning of the host, and nowhere else.");
        if (host.StartsWith('.') || !Url.TryParse($"http://{host}/", out Url? url)) throw Invalid(text, "The host is not valid.");
        return WithoutRoot(url.Host);
    }

    // "http" alone, as requests has it, or a host.
    private static string Guess(ReadOnlySpan<char> pattern)
    {
        ReadOnlySpan<char> name = pattern.TrimEnd(":/");
        return name.Equals(AnyScheme, StringComparison.OrdinalIgnoreCase) || UrlScheme.Find(name) is not null ? $"{name}://" : $"{AnyScheme}://{UrlText.Shown(pattern)}";
    }

    private static InvalidRequestException Invalid(string text, string problem) => new($"Invalid URL pattern '{UrlText.Shown(text)}': {problem}");

    // A name may end with the dot of the root, which makes no other name of it.
    private static string WithoutRoot(string host) => host.EndsWith('.') ? host[..^1] : host;

    private bool MatchesHost(string full)
    {
        string host = WithoutRoot(full);
        if (host.Length == _host.Length) return _wildcard != "*." && host == _host;
        return _wildcard.Length > 0 && host.EndsWith(_host, StringComparison.Ordinal) && host.Length > _host.Length && host[^(_host.Length + 1)] == '.';
    }
}
