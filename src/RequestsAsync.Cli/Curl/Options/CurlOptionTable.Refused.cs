namespace RequestsAsync.Cli;

// What would change the request or its safety and cannot be done here.
internal static partial class CurlOptionTable
{
    private const string Scheme = "of the authentication schemes Basic, Digest and Bearer are spoken here";
    private const string ProxyScheme = "to a proxy Basic and Digest are spoken here";
    private const string ProxyTls = "the session's TLS settings hold for the proxy too";
    private const string Resolving = "names are resolved by the system here; --resolve names an address";
    private const string Revocation = "revocation is not checked here";

    private static CurlOption[] Refused =>
    [
        .. Refuse(Scheme, takesValue: false, "ntlm", "ntlm-wb", "negotiate"),
        .. Refuse(Scheme, takesValue: true, "aws-sigv4"),
        .. Refuse(ProxyScheme, takesValue: false, "proxy-ntlm", "proxy-negotiate", "proxy-anyauth", "socks5-gssapi", "socks5-gssapi-nec"),
        .. Refuse("a proxy is asked for a tunnel (CONNECT) for https URLs alone", takesValue: false, "proxytunnel").Select(static option => option with { Letter = 'p' }),
        .. Refuse("one proxy stands between, not two", takesValue: true, "preproxy"),
        .. Refuse("HTTP/1.1, HTTP/2 and HTTP/3 are spoken here", takesValue: false, "http1.0").Select(static option => option with { Letter = '0' }),
        .. Refuse("the request target is always that of the URL", takesValue: true, "request-target"),
        .. Refuse("transfer codings other than chunked are not asked for (RFC 9112 §7)", takesValue: false, "tr-encoding"),
        .. Refuse("text is sent as it is", takesValue: false, "crlf"),
        .. Refuse("no PROXY protocol header is sent", takesValue: false, "haproxy-protocol"),
        .. Refuse("no PROXY protocol header is sent", takesValue: true, "haproxy-clientip"),
        .. Refuse("no list of HSTS hosts is kept: write https:// yourself", takesValue: true, "hsts"),
        .. Refuse("abstract sockets are not reached here; --unix-socket takes a path", takesValue: true, "abstract-unix-socket"),
        .. Refuse("the port is the system's choice", takesValue: true, "local-port"),
        .. Refuse(Resolving, takesValue: true, "doh-url", "dns-servers", "dns-interface", "dns-ipv4-addr", "dns-ipv6-addr"),
        .. Refuse("give one file with --cacert", takesValue: true, "capath", "proxy-capath"),
        .. Refuse(ProxyTls, takesValue: true, "proxy-cacert", "proxy-cert", "proxy-cert-type", "proxy-key", "proxy-key-type", "proxy-pass", "proxy-pinnedpubkey", "proxy-crlfile"),
        .. Refuse(ProxyTls, takesValue: false, "proxy-insecure"),
        .. Refuse(Revocation, takesValue: true, "crlfile"),
        .. Refuse(Revocation, takesValue: false, "cert-status"),
        .. Refuse("TLS is the platform's own", takesValue: true, "engine", "tlsauthtype", "tlsuser", "tlspassword", "proxy-tlsauthtype", "proxy-tlsuser", "proxy-tlspassword", "ech"),
        .. Refuse("SSL 2 and 3 are broken and gone (RFC 7568)", takesValue: false, "sslv2", "sslv3").Select(static option => option with { Letter = option.Name[^1] }),
        .. Refuse("messages are not signed here (RFC 9421)", takesValue: true, "httpsig-algo", "httpsig-key", "httpsig-keyid", "httpsig-headers"),
        .. Refuse("IPFS is not spoken here", takesValue: true, "ipfs-gateway"),
        .. Refuse("this command has its own: 'requests curl --help'", takesValue: false, "manual", "version").Select(static option => option with { Letter = char.ToUpperInvariant(option.Name[0]) }),
        .. Refuse("'requests curl --help' shows this command's", takesValue: false, "help").Select(static option => option with { Letter = 'h' }),
    ];
}
