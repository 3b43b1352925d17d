using System.Reflection;
using System.Text;
using Microsoft.Extensions.Logging;

namespace RequestsAsync;

/// <summary>A session's options, checked, copied and never changed again.</summary>
internal sealed class SessionSettings
{
    private static readonly string UserAgent = "RequestsAsync/" + ProductVersion();

    public SessionSettings(SessionOptions options)
    {
        Timeout = options.Timeout ?? new();
        Timeout.Check();
        PhaseLimits = new PhaseLimits(Timeout, request: null);
        if (options.MaxRedirects < 0) throw new InvalidRequestException($"MaxRedirects is {options.MaxRedirects}: it must be 0 or more.");
        if (options.MaxHeaderBytes < 1) throw new InvalidRequestException($"MaxHeaderBytes is {options.MaxHeaderBytes}: it must be 1 or more.");
        if (options.MaxResponseBytes < 0) throw new InvalidRequestException($"MaxResponseBytes is {options.MaxResponseBytes}: it must be 0 or more.");

        BaseAddress = options.BaseAddress is { } text ? BaseOf(text) : null;
        Headers = WithDefaults(options.Headers ?? []);
        Query = options.Query is { Count: > 0 } query ? query.Clone() : null;
        Cookies = options.Cookies ?? new CookieJar(new() { TimeProvider = options.TimeProvider ?? TimeProvider.System });
        KeepsCookiesWithinCall = options.KeepsCookiesWithinCall;
        Auth = options.Auth;
        Mounts = options.Mounts is { Count: > 0 } mounts ? mounts.Clone() : null;
        Ways = new ProxySelector(options.Proxy, Mounts, options.TrustEnvironment ?? options.ConnectionOrNull?.UnixSocket is null ? ProxyEnvironment.OfProcess() : null);
        ImpliedAuth = options.TrustEnvironment is true ? new NetrcAuth(path: null, isImplied: true) : null;
        Hooks = options.Hooks is { IsEmpty: false } hooks ? hooks.Clone() : null;
        Middleware = options.Middleware is { Count: > 0 } middleware ? [.. middleware] : null;
        FollowRedirects = options.FollowRedirects;
        MaxRedirects = options.MaxRedirects;
        AllowInsecureRedirects = options.AllowInsecureRedirects;
        SensitiveHeaders = [.. options.SensitiveHeaders ?? []];
        MaxResponseBytes = options.MaxResponseBytes;
        MaxHeaderBytes = options.MaxHeaderBytes;
        Retry = options.Retry;
        Retry?.Check();
        Limits = options.Limits ?? new();
        Limits.Check();
        Connection = options.ConnectionOrNull ?? new();
        Tls = options.TlsOrNull ?? new();
        AddressPolicy = options.AddressPolicy;
        HttpVersion = options.HttpVersion;
        Logger = options.Logger;
        NeedsOwnConnections = options.Proxy is not null || AddressPolicy is not null || options.ConnectionOrNull is not null || options.TlsOrNull is not null;
        if (HttpVersion is not null) HttpVersions.Check(HttpVersion, this);
        DefaultEncoding = options.DefaultEncoding;
        TimeProvider = options.TimeProvider ?? TimeProvider.System;
    }

    public Url? BaseAddress { get; }

    public Headers Headers { get; }

    public Parameters? Query { get; }

    public CookieJar Cookies { get; }

    public Auth? Auth { get; }

    /// <summary>Other ways for some URLs; <see langword="null"/> without any.</summary>
    public Mounts? Mounts { get; }

    /// <summary>Which way a request goes.</summary>
    public ProxySelector Ways { get; }

    /// <summary>What the environment has where nothing else is said.</summary>
    public NetrcAuth? ImpliedAuth { get; }

    public Hooks? Hooks { get; }

    public Middleware[]? Middleware { get; }

    /// <summary>Whether cookies last from hop to hop of one call where the session keeps none.</summary>
    public bool KeepsCookiesWithinCall { get; }

    public Timeouts Timeout { get; }

    /// <summary>The limits of a request that says nothing of its own.</summary>
    public PhaseLimits PhaseLimits { get; }

    public bool FollowRedirects { get; }

    public int MaxRedirects { get; }

    public bool AllowInsecureRedirects { get; }

    public string[] SensitiveHeaders { get; }

    public long MaxResponseBytes { get; }

    public int MaxHeaderBytes { get; }

    public Retry? Retry { get; }

    public Limits Limits { get; }

    public ConnectionOptions Connection { get; }

    public TlsOptions Tls { get; }

    public AddressPolicy? AddressPolicy { get; }

    public Version? HttpVersion { get; }

    public ILogger? Logger { get; }

    /// <summary>Whether something was asked for that only this library's own connections can do.</summary>
    public bool NeedsOwnConnections { get; }

    /// <summary>Says what somebody should know of who keeps this program.</summary>
    public void Warn(string message)
    {
        if (Logger is not null) Log.Warn(Logger, message);
        else System.Diagnostics.Trace.TraceWarning(message);
    }

    public Encoding? DefaultEncoding { get; }

    /// <summary>The media types of its responses.</summary>
    public MediaTypes MediaTypes { get; } = new();

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

    internal static string ProductVersion()
    {
        string version = typeof(SessionSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        int build = version.IndexOf('+', StringComparison.Ordinal);
        return build < 0 ? version : version[..build];
    }
}
