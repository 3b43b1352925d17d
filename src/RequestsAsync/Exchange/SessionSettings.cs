using System.Reflection;
using System.Text;

namespace RequestsAsync;

/// <summary>A session's options, checked, copied and never changed again.</summary>
internal sealed class SessionSettings
{
    private static readonly string UserAgent = "RequestsAsync/" + ProductVersion();

    public SessionSettings(SessionOptions options)
    {
        Timeout = options.Timeout ?? new();
        Timeout.Check();
        if (options.MaxRedirects < 0) throw new InvalidRequestException($"MaxRedirects is {options.MaxRedirects}: it must be 0 or more.");
        if (options.MaxResponseBytes < 0) throw new InvalidRequestException($"MaxResponseBytes is {options.MaxResponseBytes}: it must be 0 or more.");

        BaseAddress = options.BaseAddress is { } text ? BaseOf(text) : null;
        Headers = WithDefaults(options.Headers ?? []);
        Query = options.Query is { Count: > 0 } query ? query.Clone() : null;
        Cookies = options.Cookies ?? new CookieJar(new() { TimeProvider = options.TimeProvider ?? TimeProvider.System });
        KeepsCookiesWithinCall = options.KeepsCookiesWithinCall;
        HearsProxyVariables = options.TrustEnvironment ?? true;
        Auth = options.Auth;
        Proxy = options.Proxy;
        ImpliedAuth = options.TrustEnvironment is true ? new NetrcAuth(path: null, isImplied: true) : null;
        Hooks = options.Hooks is { IsEmpty: false } hooks ? hooks.Clone() : null;
        Middleware = options.Middleware is { Count: > 0 } middleware ? [.. middleware] : null;
        FollowRedirects = options.FollowRedirects;
        MaxRedirects = options.MaxRedirects;
        AllowInsecureRedirects = options.AllowInsecureRedirects;
        SensitiveHeaders = [.. options.SensitiveHeaders ?? []];
        MaxResponseBytes = options.MaxResponseBytes;
        DefaultEncoding = options.DefaultEncoding;
        TimeProvider = options.TimeProvider ?? TimeProvider.System;
    }

    public Url? BaseAddress { get; }

    public Headers Headers { get; }

    public Parameters? Query { get; }

    public CookieJar Cookies { get; }

    public Auth? Auth { get; }

    public Proxy? Proxy { get; }

    /// <summary>What the environment has where nothing else is said.</summary>
    public NetrcAuth? ImpliedAuth { get; }

    public Hooks? Hooks { get; }

    public Middleware[]? Middleware { get; }

    /// <summary>Whether cookies last from hop to hop of one call where the session keeps none.</summary>
    public bool KeepsCookiesWithinCall { get; }

    /// <summary>Whether the environment's proxy variables are heard where no proxy is named.</summary>
    public bool HearsProxyVariables { get; }

    public Timeouts Timeout { get; }

    public bool FollowRedirects { get; }

    public int MaxRedirects { get; }

    public bool AllowInsecureRedirects { get; }

    public string[] SensitiveHeaders { get; }

    public long MaxResponseBytes { get; }

    public Encoding? DefaultEncoding { get; }

    public TimeProvider TimeProvider { get; }

    // aiohttp's rule: a base without its last slash silently loses a segment in every join, so it is refused with the mended URL.
    private static Url BaseOf(string text)
    {
        Url url = RequestUrl.Parse(text);
        if (!url.Path.EndsWith('/'))
            throw new InvalidRequestException($"The BaseAddress '{url}' must end its path with '/', or relative URLs would replace its last segment. Perhaps you meant '{RequestUrl.WithSlash(url)}'?");
        return url;
    }

    private static Headers WithDefaults(Headers own)
    {
        Headers all = [];
        AddDefault("User-Agent", UserAgent);
        AddDefault("Accept", "*/*");
        AddDefault("Accept-Encoding", ContentDecoding.Supported);
        HeaderCheck.Check(own);
        foreach ((string name, string value) in own)
            all.Add(name, value);
        return all;

        void AddDefault(string name, string value)
        {
            if (!own.Mentions(name)) all.Add(name, value);
        }
    }

    private static string ProductVersion()
    {
        string version = typeof(SessionSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        int build = version.IndexOf('+', StringComparison.Ordinal);
        return build < 0 ? version : version[..build];
    }
}
