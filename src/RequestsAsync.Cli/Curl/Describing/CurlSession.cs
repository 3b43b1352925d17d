using System.Net;
using System.Net.NetworkInformation;

namespace RequestsAsync.Cli;

/// <summary>The session that sends a curl command's requests: its proxy, its TLS, its patience.</summary>
internal static class CurlSession
{
    private const int UsualMaxRedirects = 50;

    // curl waits five minutes for a connection, and for the rest as long as it takes.
    private static readonly TimeSpan UsualConnectTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestRetryWait = TimeSpan.FromHours(6);

    /// <exception cref="CommandException">An option makes no sense.</exception>
    public static SessionOptions Options(CurlOperation operation, CookieJar cookies, CurlHost host)
    {
        SessionOptions options = new()
        {
            Cookies = cookies,
            HttpVersion = operation.HttpVersion,
            FollowRedirects = operation.FollowsRedirects,
            MaxRedirects = operation.MaxRedirects ?? UsualMaxRedirects,
            Retry = RetryOf(operation),
            Connection = ConnectionOf(operation, host),
            Timeout = new()
            {
                Connect = operation.ConnectTimeout ?? UsualConnectTimeout,
                Read = Timeouts.Infinite,
                Write = Timeouts.Infinite,
                Total = operation.MaxTime ?? Timeouts.Infinite,
            },
            Tls = TlsOf(operation, host),
        };
        CurlProxy.Apply(options, operation, host);
        return options;
    }

    private static Retry? RetryOf(CurlOperation operation) => operation.Retries == 0 ? null : new()
    {
        Attempts = operation.Retries + 1,
        Delay = operation.RetryDelay ?? TimeSpan.FromSeconds(1),
        MaxDelay = operation.RetryDelay ?? TimeSpan.FromMinutes(10),
        MaxRetryAfter = LongestRetryWait,
        Budget = double.PositiveInfinity,
        Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"],
        When = operation.RetriesAllErrors ? static info => info.Response is null or { StatusCode: >= 400 } : null,
    };

    private static TlsOptions TlsOf(CurlOperation operation, CurlHost host)
    {
        TlsOptions tls = new() { Verify = !operation.Insecure, MinimumVersion = operation.MinimumTls, ClientCertificate = CertificateOf(operation, host) };
        if (operation.CaCertificate is { } authority)
        {
            tls.Ca.Add(host.PathOf(authority));
            tls.TrustsSystem = false;
        }

        if (operation.PinnedKeys.Count > 0) tls.Pins["*"] = [.. operation.PinnedKeys.Select(static pin => pin.Replace("//", "/", StringComparison.Ordinal))];
        return tls;
    }

    /// <summary>Takes <c>file:password</c> apart; a backslash before the colon makes it a part of the name.</summary>
    public static (string Path, string? Password) SplitCertificate(CurlOperation operation, string given)
    {
        int colon = -1;
        for (int i = OperatingSystem.IsWindows() ? 2 : 1; i < given.Length && colon < 0; i++)
        {
            if (given[i] == ':' && given[i - 1] != '\\') colon = i;
        }

        string path = (colon < 0 ? given : given[..colon]).Replace("\\:", ":", StringComparison.Ordinal);
        return (path, operation.KeyPassword ?? (colon < 0 ? null : given[(colon + 1)..]));
    }

    private static ClientCertificate? CertificateOf(CurlOperation operation, CurlHost host)
    {
        if (operation.Certificate is not { } given) return null;

        (string name, string? password) = SplitCertificate(operation, given);
        string path = host.PathOf(name);
        return operation.CertificateType == "P12"
            ? ClientCertificate.FromPfx(path, password)
            : ClientCertificate.FromPem(path, operation.Key is { } key ? host.PathOf(key) : null, password);
    }

    private static ConnectionOptions ConnectionOf(CurlOperation operation, CurlHost host) => new()
    {
        Hosts = CurlHosts.Of(operation),
        UnixSocket = operation.UnixSocket is { } socket ? host.PathOf(socket) : null,
        AddressFamily = operation.AddressFamily,
        LocalAddress = operation.Interface is { } name ? AddressOf(name) : null,
    };

    private static IPAddress AddressOf(string name)
    {
        if (IPAddress.TryParse(name, out IPAddress? address)) return address;

        string bare = name.StartsWith("if!", StringComparison.Ordinal) ? name[3..] : name;
        NetworkInterface? found = Array.Find(NetworkInterface.GetAllNetworkInterfaces(), card => card.Name == bare);
        return found?.GetIPProperties().UnicastAddresses.FirstOrDefault()?.Address
            ?? throw new CommandException($"--interface: there is no interface '{name}' with an address.", "Give the address itself.");
    }
}
