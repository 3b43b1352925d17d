namespace RequestsAsync.Cli;

/// <summary>The proxy of a curl command, and the hosts that are reached without it.</summary>
internal static class CurlProxy
{
    /// <exception cref="CommandException">It is no proxy.</exception>
    public static Proxy? Of(CurlOperation operation)
    {
        if (operation.Proxy is null) return null;
        if (operation.Proxy.Length == 0) return Proxy.None;

        Proxy proxy = new(UrlOf(operation.Proxy));
        if (operation.ProxyUser is not { } user) return proxy;

        (string name, string password) = CurlValue.Credentials(user, "-U");
        return new(UrlOf(operation.Proxy)) { Auth = operation.ProxyDigest ? Auth.Digest(name, password) : Auth.Basic(name, password) };
    }

    /// <summary>Leads the hosts of <c>--noproxy</c>, or where a proxy is named by hand of <c>NO_PROXY</c>, past the proxy.</summary>
    public static void AddExceptions(SessionOptions options, CurlOperation operation, CurlHost host)
    {
        string? list = operation.NoProxy ?? (operation.Proxy is null ? null : host.Environment("no_proxy") ?? host.Environment("NO_PROXY"));
        foreach (string entry in (list ?? "").Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            string name = entry.TrimStart('.');
            if (name.Contains('/', StringComparison.Ordinal))
                throw new CommandException($"--noproxy '{entry}' is not supported: name the hosts themselves, networks are read from NO_PROXY.", "");

            bool isAddress = name == "*" || System.Net.IPAddress.TryParse(name.Trim('[', ']'), out _);
            options.Mounts[isAddress ? $"all://{name}" : $"all://*{name}"] = Proxy.None;
        }
    }

    /// <summary>What <c>-x</c> means: without a scheme an HTTP proxy, without a port 1080 unless it is https.</summary>
    public static string UrlOf(string given)
    {
        int end = given.IndexOf("://", StringComparison.Ordinal);
        string scheme = end < 0 ? "http" : given[..end].ToLowerInvariant();
        string authority = (end < 0 ? given : given[(end + 3)..]).Split('/')[0];
        bool hasPort = authority.LastIndexOf(':') > Math.Max(authority.LastIndexOf('@'), authority.LastIndexOf(']'));
        return $"{(scheme == "socks" ? "socks4" : scheme)}://{authority}{(hasPort || scheme == "https" ? "" : ":1080")}";
    }
}
