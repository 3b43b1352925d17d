using System.Net.Sockets;
using System.Security.Authentication;

namespace RequestsAsync.Cli;

// How it gets there.
internal static partial class CurlOptionTable
{
    private static CurlOption[] Connections =>
    [
        Flag("http1.1", null, static (o, _) => o.HttpVersion = new(1, 1)),
        Flag("http2", null, static (o, _) =>
        {
            o.HttpVersion = null;
            o.OffersUpgrade = true;
        }),
        Flag("http2-prior-knowledge", null, static (o, _) => o.HttpVersion = new(2, 0)),
        Flag("http3", null, static (o, _) => o.HttpVersion = new(3, 0)),
        Flag("http3-only", null, static (o, _) => o.HttpVersion = new(3, 0)),

        Flag("location", 'L', static (o, on) => o.FollowsRedirects = on),
        Flag("follow", null, static (o, on) => o.FollowsRedirects = on),
        Flag("location-trusted", null, static (o, on) => o.FollowsRedirects = on),
        Flag("post301", null, static (_, _) => { }),
        Flag("post302", null, static (_, _) => { }),
        Flag("post303", null, static (_, _) => { }),
        Value("max-redirs", null, static (o, v) => o.MaxRedirects = v == "-1" ? int.MaxValue : CurlValue.Count(v)),

        Value("proxy", 'x', static (o, v) => o.Proxy = v),
        Value("proxy1.0", null, static (o, v) => o.Proxy = v),
        Value("socks4", null, static (o, v) => o.Proxy = "socks4://" + v),
        Value("socks4a", null, static (o, v) => o.Proxy = "socks4a://" + v),
        Value("socks5", null, static (o, v) => o.Proxy = "socks5://" + v),
        Value("socks5-hostname", null, static (o, v) => o.Proxy = "socks5h://" + v),
        Value("proxy-user", 'U', static (o, v) => o.ProxyUser = v),
        Flag("proxy-basic", null, static (o, on) => o.ProxyDigest = o.ProxyDigest && !on),
        Flag("proxy-digest", null, static (o, on) => o.ProxyDigest = on),
        Value("noproxy", null, static (o, v) => o.NoProxy = v),

        Flag("insecure", 'k', static (o, on) => o.Insecure = on),
        Value("cacert", null, static (o, v) => o.CaCertificate = v),
        Value("cert", 'E', static (o, v) => o.Certificate = v),
        Value("cert-type", null, static (o, v) => o.CertificateType = CurlValue.OneOf(v, "PEM", "P12")),
        Value("key", null, static (o, v) => o.Key = v),
        Value("key-type", null, static (_, v) => CurlValue.OneOf(v, "PEM")),
        Value("pass", null, static (o, v) => o.KeyPassword = v),
        Value("pinnedpubkey", null, static (o, v) => o.PinnedKeys.AddRange(CurlValue.Pins(v))),
        Flag("tlsv1", '1', static (_, _) => { }),
        Flag("tlsv1.0", null, static (_, _) => { }),
        Flag("tlsv1.1", null, static (_, _) => { }),
        Flag("tlsv1.2", null, static (o, _) => o.MinimumTls = SslProtocols.Tls12),
        Flag("tlsv1.3", null, static (o, _) => o.MinimumTls = SslProtocols.Tls13),

        Value("resolve", null, static (o, v) => o.Resolve.Add(v)),
        Value("connect-to", null, static (o, v) => o.ConnectTo.Add(v)),
        Value("unix-socket", null, static (o, v) => o.UnixSocket = v),
        Value("interface", null, static (o, v) => o.Interface = v),
        Flag("ipv4", '4', static (o, _) => o.AddressFamily = AddressFamily.InterNetwork),
        Flag("ipv6", '6', static (o, _) => o.AddressFamily = AddressFamily.InterNetworkV6),

        Value("connect-timeout", null, static (o, v) => o.ConnectTimeout = CurlValue.Seconds(v)),
        Value("max-time", 'm', static (o, v) => o.MaxTime = CurlValue.Seconds(v)),
        Value("retry", null, static (o, v) => o.Retries = CurlValue.Count(v)),
        Value("retry-delay", null, static (o, v) => o.RetryDelay = CurlValue.Seconds(v)),
        Flag("retry-all-errors", null, static (o, on) => o.RetriesAllErrors = on),
        Flag("retry-connrefused", null, static (_, _) => { }), // connecting that fails is always tried again
        Value("max-filesize", null, static (o, v) => o.MaxFileSize = CurlValue.Size(v)),
    ];
}
