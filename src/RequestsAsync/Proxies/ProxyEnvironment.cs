namespace RequestsAsync;

/// <summary>The proxies that environment variables name: <c>http_proxy</c>, <c>https_proxy</c>, <c>all_proxy</c> and <c>no_proxy</c>. Read once.</summary>
internal sealed class ProxyEnvironment
{
    private readonly string? _http;
    private readonly string? _https;
    private readonly string? _all;
    private readonly NoProxy _noProxy;

    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="ignoresCase">True where the names of variables have no case, as on Windows.</param>
    public ProxyEnvironment(Func<string, string?> variable, bool ignoresCase = false)
    {
        // Under CGI a request's own `Proxy:` field arrives as HTTP_PROXY (CVE-2016-5385).
        bool isCgi = variable("REQUEST_METHOD") is not null;
        string? http = isCgi && ignoresCase ? null : variable("http_proxy");
        _http = ToUrl(http ?? (isCgi ? null : variable("HTTP_PROXY")));
        _https = ToUrl(Read("https_proxy", "HTTPS_PROXY"));
        _all = ToUrl(Read("all_proxy", "ALL_PROXY"));
        _noProxy = NoProxy.Parse(Read("no_proxy", "NO_PROXY"));

        // As in CPython an empty lower-case variable hides the other, so that one command can do without.
        string? Read(string lower, string upper) => variable(lower) ?? variable(upper);
    }

    /// <summary>The URL of the proxy for a request, or <see langword="null"/> for a direct connection.</summary>
    /// <param name="scheme">The scheme of the URL.</param>
    /// <param name="host">The host of the URL.</param>
    /// <param name="port">The port, the scheme's own where the URL has none.</param>
    public string? Find(string scheme, string host, int port)
    {
        string? own = scheme switch
        {
            "http" => _http,
            "https" => _https,
            _ => null,
        };
        return (own ?? _all) is { } proxy && !_noProxy.Bypasses(scheme, host, port) ? proxy : null;
    }

    private static string? ToUrl(string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;

        string trimmed = value.Trim();
        return trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : "http://" + trimmed;
    }
}
