using System.Net;

namespace RequestsAsync.Cli;

/// <summary>The proxy of a curl command, by <c>-x</c> or the environment, and the hosts that are reached without it.</summary>
internal static class CurlProxy
{
    /// <summary>Sets the session's ways.</summary>
    /// <exception cref="CommandException">A password is missing.</exception>
    /// <exception cref="InvalidRequestException">It is no proxy.</exception>
    public static void Apply(SessionOptions options, CurlOperation operation, CurlHost host)
    {
        options.TrustEnvironment = false; // it is heard here, as curl hears it
        if (operation.Proxy is not null) options.Proxy = Of(operation);
        else AddEnvironment(options, operation, host);
        AddExceptions(options, operation, host);
    }

    /// <summary>The proxy of <c>-x</c>; <see langword="null"/> without that.</summary>
    /// <exception cref="CommandException">A password is missing.</exception>
    /// <exception cref="InvalidRequestException">It is no proxy.</exception>
    public static Proxy? Of(CurlOperation operation) => operation.Proxy switch
    {
        null => null,
        "" => Proxy.None,
        var url => Make(url, operation),
    };

    /// <summary>What <c>-x</c> means: without a scheme an HTTP proxy, without a port 1080 unless it is https.</summary>
    public static string UrlOf(string given)
    {
        int end = given.IndexOf("://", StringComparison.Ordinal);
        string scheme = end < 0 ? "http" : given[..end].ToLowerInvariant();
        string authority = (end < 0 ? given : given[(end + 3)..]).Split('/')[0];
        bool hasPort = authority.LastIndexOf(':') > Math.Max(authority.LastIndexOf('@'), authority.LastIndexOf(']'));
        return $"{(scheme == "socks" ? "socks4" : scheme)}://{authority}{(hasPort || scheme == "https" ? "" : ":1080")}";
    }

    private static Proxy Make(string given, CurlOperation operation)
    {
        if (operation.ProxyUser is not { } user) return new(UrlOf(given));

        (string name, string password) = CurlValue.Credentials(user, "-U");
        return new(UrlOf(given)) { Auth = operation.ProxyDigest ? Auth.Digest(name, password) : Auth.Basic(name, password) };
    }

    // HTTP_PROXY in upper case may come from a request's own Proxy field, and so only the lower case counts (as in curl).
    private static void AddEnvironment(SessionOptions options, CurlOperation operation, CurlHost host)
    {
        string? all = host.Environment("all_proxy") ?? host.Environment("ALL_PROXY");
        if ((host.Environment("http_proxy") ?? all) is { Length: > 0 } http) options.Mounts["http://"] = Make(http, operation);
        if ((host.Environment("https_proxy") ?? host.Environment("HTTPS_PROXY") ?? all) is { Length: > 0 } https) options.Mounts["https://"] = Make(https, operation);
    }

    private static void AddExceptions(SessionOptions options, CurlOperation operation, CurlHost host)
    {
        string list = operation.NoProxy ?? host.Environment("no_proxy") ?? host.Environment("NO_PROXY") ?? "";
        foreach (string entry in list.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (string pattern in PatternsOf(entry.TrimStart('.'), operation))
                options.Mounts[pattern] = Proxy.None;
        }
    }

    // A name means itself and all below it; of a network those addresses count that the command names.
    private static IEnumerable<string> PatternsOf(string entry, CurlOperation operation)
    {
        if (entry == "*") return ["http://", "https://"];
        if (IPNetwork.TryParse(entry, out IPNetwork network))
            return operation.Urls.Select(AddressIn).OfType<IPAddress>().Where(network.Contains).Select(static address => $"all://{Bracketed(address)}");
        if (IPAddress.TryParse(entry.Trim('[', ']'), out IPAddress? address)) return [$"all://{Bracketed(address)}"];
        return entry.Length > 0 && Uri.CheckHostName(entry.Split(':')[0]) == UriHostNameType.Dns ? [$"all://*{entry}"] : [];
    }

    private static IPAddress? AddressIn(string url) =>
        Url.TryParse(CurlUrl.WithScheme(url, "http"), out Url? parsed) && IPAddress.TryParse(parsed.Host.Trim('[', ']'), out IPAddress? address) ? address : null;

    private static string Bracketed(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
