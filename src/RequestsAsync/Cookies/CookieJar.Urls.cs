namespace RequestsAsync;

/// <content>Between the jar and the requests of a session.</content>
public sealed partial class CookieJar
{
    internal bool Store(Url url, string setCookie) => Store(url.IsSecure, HostOf(url), url.Path, setCookie);

    internal string? GetCookieHeader(Url url) => GetCookieHeader(url.IsSecure, HostOf(url), url.Path);

    // Cookies know an IPv6 address without its brackets.
    private static string HostOf(Url url) => url.Host[0] == '[' ? url.Host[1..^1] : url.Host;
}
