using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>The options of a session in C#, where they differ from the library's own.</summary>
internal static class CSharpSession
{
    public static IEnumerable<string> Members(CurlOperation settings)
    {
        if (!settings.FollowsRedirects) yield return "FollowRedirects = false";
        else if (settings.MaxRedirects is { } redirects) yield return $"MaxRedirects = {Text(redirects)}";
        foreach (string file in settings.Cookies.Where(static cookie => cookie.Length > 0 && !cookie.Contains('=', StringComparison.Ordinal)).Take(1))
            yield return $"Cookies = CookieJar.Load({CSharpText.Literal(file)})";
        if (settings.Proxy is not null && CurlProxy.Of(settings) is { } proxy) yield return $"Proxy = {ProxyOf(settings, proxy)}";
        if (settings.HttpVersion is { } version) yield return $"HttpVersion = new({Text(version.Major)}, {Text(version.Minor)})";
        if (Timeout(settings) is { } timeout) yield return $"Timeout = {timeout}";
        if (settings.Retries > 0) yield return $"Retry = Retry.Default with {{ Attempts = {Text(settings.Retries + 1)} }}";
        if (Tls(settings) is { Length: > 0 } tls) yield return $"Tls = new() {{ {string.Join(", ", tls)} }}";
        if (Connection(settings) is { Length: > 0 } connection) yield return $"Connection = new() {{ {string.Join(", ", connection)} }}";
    }

    private static string ProxyOf(CurlOperation settings, Proxy proxy)
    {
        if (proxy == Proxy.None) return "Proxy.None";

        string url = CSharpText.Literal($"{proxy.Scheme}://{proxy.Host}:{Text(proxy.Port)}");
        if (settings.ProxyUser is not { } user) return $"new Proxy({CSharpText.Literal(CurlProxy.UrlOf(settings.Proxy!))})";

        (string name, string password) = CurlValue.Credentials(user, "-U");
        string pair = $"{CSharpText.Literal(name)}, {CSharpText.Literal(password)}";
        return $"new Proxy({url}) {{ Auth = {(settings.ProxyDigest ? $"Auth.Digest({pair})" : $"({pair})")} }}";
    }

    private static string? Timeout(CurlOperation settings) => settings switch
    {
        { MaxTime: { } total, ConnectTimeout: { } connect } => $"new() {{ Total = {CSharpText.Seconds(total)}, Connect = {CSharpText.Seconds(connect)} }}",
        { MaxTime: { } total } => CSharpText.Seconds(total),
        { ConnectTimeout: { } connect } => $"new() {{ Connect = {CSharpText.Seconds(connect)} }}",
        _ => null,
    };

    private static string[] Tls(CurlOperation settings) =>
    [
        .. settings.Insecure ? ["Verify = false"] : (string[])[],
        .. settings.CaCertificate is { } authority ? [$"Ca = {{ {CSharpText.Literal(authority)} }}", "TrustsSystem = false"] : (string[])[],
        .. Certificate(settings) is { } certificate ? ["ClientCertificate = " + certificate] : (string[])[],
        .. settings.PinnedKeys.Count > 0
            ? [$"Pins = {{ [\"*\"] = [{string.Join(", ", settings.PinnedKeys.Select(static pin => CSharpText.Literal(pin.Replace("//", "/", StringComparison.Ordinal))))}] }}"]
            : (string[])[],
        .. settings.MinimumTls is { } minimum ? [$"MinimumVersion = System.Security.Authentication.SslProtocols.{minimum}"] : (string[])[],
    ];

    private static string? Certificate(CurlOperation settings)
    {
        if (settings.Certificate is not { } given) return null;

        (string path, string? password) = CurlSession.SplitCertificate(settings, given);
        string secret = password is null ? "" : $", password: {CSharpText.Literal(password)}";
        if (settings.CertificateType == "P12") return $"ClientCertificate.FromPfx({CSharpText.Literal(path)}{secret})";
        return $"ClientCertificate.FromPem({CSharpText.Literal(path)}{(settings.Key is { } key ? ", " + CSharpText.Literal(key) : "")}{secret})";
    }

    private static string[] Connection(CurlOperation settings) =>
    [
        .. CurlHosts.Of(settings) is { Count: > 0 } hosts
            ? [$"Hosts = {{ {string.Join(", ", hosts.Select(static host => $"[{CSharpText.Literal(host.Key)}] = [{string.Join(", ", host.Value.Select(CSharpText.Literal))}]"))} }}"]
            : (string[])[],
        .. settings.UnixSocket is { } socket ? [$"UnixSocket = {CSharpText.Literal(socket)}"] : (string[])[],
        .. settings.AddressFamily is { } family ? [$"AddressFamily = System.Net.Sockets.AddressFamily.{family}"] : (string[])[],
        .. settings.Interface is { } address && System.Net.IPAddress.TryParse(address, out _) ? [$"LocalAddress = System.Net.IPAddress.Parse({CSharpText.Literal(address)})"] : (string[])[],
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
