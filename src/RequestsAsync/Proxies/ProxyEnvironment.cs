namespace RequestsAsync;

/// <summary>The proxies that environment variables name: <c>http_proxy</c>, <c>https_proxy</c>, <c>all_proxy</c> and <c>no_proxy</c>. Read once.</summary>
internal sealed class ProxyEnvironment
{
    private readonly ProxyVariable? _http;
    private readonly ProxyVariable? _https;
    private readonly ProxyVariable? _all;
    private readonly NoProxy _noProxy;

    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="ignoresCase">True where the names of variables have no case, as on Windows.</param>
    public ProxyEnvironment(Func<string, string?> variable, bool ignoresCase = false)
    {
        // Under CGI a request's own `Proxy:` field arrives as HTTP_PROXY (CVE-2016-5385).
        bool isCgi = variable("REQUEST_METHOD") is not null;
        _http = isCgi ? ignoresCase ? null : Read("http_proxy") : ReadEither("http_proxy");
        _https = ReadEither("https_proxy");
        _all = ReadEither("all_proxy");
        _noProxy = NoProxy.Parse(variable("no_proxy") ?? variable("NO_PROXY"));

        // As in CPython an empty lower-case variable hides the other, so that one command can do without.
        ProxyVariable? ReadEither(string lower) => variable(lower) is null ? Read(lower.ToUpperInvariant()) : Read(lower);

        ProxyVariable? Read(string name) => ToUrl(variable(name)) is { } url ? new(name, url) : null;
    }

    /// <summary>Whether a proxy is named at all.</summary>
    public bool NamesAny => (_http ?? _https ?? _all) is not null;

    /// <summary>The variables of this process, as they are now.</summary>
    public static ProxyEnvironment OfProcess() => new(Environment.GetEnvironmentVariable, ignoresCase: OperatingSystem.IsWindows());

    /// <summary>The variable that names the proxy for a request, or <see langword="null"/> for a direct connection.</summary>
    /// <param name="scheme">The scheme of the URL. As in curl, ws goes the way of http, and wss that of https.</param>
    /// <param name="host">The host of the URL.</param>
    /// <param name="port">The port, the scheme's own where the URL has none.</param>
    public ProxyVariable? Find(string scheme, string host, int port)
    {
        ProxyVariable? own = scheme switch
        {
            "http" or "ws" => _http,
            "https" or "wss" => _https,
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
