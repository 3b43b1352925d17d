namespace RequestsAsync.Cli;

// What changes nothing about the request: progress, traces, other protocols.
internal static partial class CurlOptionTable
{
    private static readonly Dictionary<string, string> Notes = new(StringComparer.Ordinal)
    {
        ["location-trusted"] = "credentials never follow a redirect to another origin here; --location-trusted does what -L does.",
        ["post301"] = "a POST that is redirected by 301 becomes a GET here, as in browsers.",
        ["post302"] = "a POST that is redirected by 302 becomes a GET here, as in browsers.",
        ["post303"] = "a POST that is redirected by 303 becomes a GET here (RFC 9110 §15.4.4).",
        ["proxy1.0"] = "a proxy is spoken to in HTTP/1.1 here.",
        ["raw"] = "the body is shown without its transfer coding; --raw changes nothing here.",
        ["ignore-content-length"] = "a Content-Length is always heeded here.",
        ["http0.9"] = "an answer without a status line (HTTP/0.9) is an error here.",
        ["alt-svc"] = "no alternative services are remembered here.",
        ["parallel"] = "the URLs are requested one after another here; 'requests bulk' does many at once.",
        ["limit-rate"] = "the speed is not limited here.",
        ["rate"] = "the rate is not limited here; 'requests bulk' does that.",
        ["remote-time"] = "the file keeps the time at which it was written.",
        ["no-clobber"] = "a file that is there is written anew here.",
        ["skip-existing"] = "a file that is there is written anew here.",
        ["xattr"] = "no extended attributes are written here.",
        ["libcurl"] = "no C code is written here; 'requests curl --print csharp' writes C#.",
        ["trace"] = "no trace is written here; -v shows the headers.",
        ["trace-ascii"] = "no trace is written here; -v shows the headers.",
        ["stderr"] = "messages go to the standard error here.",
        ["tls-max"] = "the platform chooses the newest TLS version that both sides have.",
        ["ciphers"] = "the platform chooses the ciphers.",
        ["tls13-ciphers"] = "the platform chooses the ciphers.",
        ["curves"] = "the platform chooses the curves.",
        ["speed-limit"] = "a slow transfer is not ended here; -m limits the time.",
        ["expect100-timeout"] = "no Expect: 100-continue is sent unless -H asks for it.",
        ["retry-max-time"] = "--retry-max-time has no counterpart here; -m limits the whole time.",
        ["disallow-username-in-url"] = "a user name in a URL is sent as Basic here.",
    };

    private static CurlOption[] Idle =>
    [
        .. Ignore(takesValue: false, "ca-native", "compressed-ssh", "disable-eprt", "disable-epsv", "doh-cert-status", "doh-insecure", "false-start",
            "form-escape", "ftp-create-dirs", "ftp-pasv", "ftp-pret", "ftp-skip-pasv-ip", "ftp-ssl-ccc", "ftp-ssl-control", "http0.9", "ignore-content-length",
            "keepalive", "mail-rcpt-allowfails", "metalink", "mptcp", "npn", "alpn", "clobber", "parallel-immediate", "progress-meter", "proxy-ca-native", "proxy-http2",
            "proxy-ssl-allow-beast", "proxy-ssl-auto-client-cert", "proxy-tlsv1", "raw", "remove-on-error", "sasl-ir", "sessionid", "skip-existing", "socks5-basic",
            "ssl", "ssl-allow-beast", "ssl-auto-client-cert", "ssl-no-revoke", "ssl-reqd", "ssl-revoke-best-effort", "styled-output", "suppress-connect-headers",
            "tcp-fastopen", "tcp-nodelay", "tftp-no-options", "tls-earlydata", "trace-ids", "trace-time", "xattr", "disallow-username-in-url", "dump-ca-embed"),
        .. Ignore(takesValue: true, "alt-svc", "ciphers", "create-file-mode", "curves", "delegation", "egd-file", "expect100-timeout", "ftp-account",
            "ftp-alternative-to-user", "ftp-method", "ftp-ssl-ccc-mode", "happy-eyeballs-timeout-ms", "hostpubmd5", "hostpubsha256", "ip-tos", "keepalive-cnt",
            "keepalive-time", "krb", "libcurl", "limit-rate", "login-options", "mail-auth", "mail-from", "mail-rcpt", "parallel-max", "parallel-max-host", "proto",
            "proto-redir", "proxy-ciphers", "proxy-service-name", "proxy-tls13-ciphers", "pubkey", "random-file", "rate", "retry-max-time", "sasl-authzid",
            "service-name", "sigalgs", "socks5-gssapi-service", "stderr", "tftp-blksize", "tls-max", "tls13-ciphers", "trace", "trace-ascii", "trace-config", "vlan-priority"),
        Ignore("append", 'a'), Ignore("disable", 'q'), Ignore("list-only", 'l'), Ignore("no-buffer", 'N'), Ignore("parallel", 'Z'), Ignore("progress-bar", '#'), Ignore("remote-time", 'R'),
        Ignore("use-ascii", 'B'), Ignore("ftp-port", 'P', takesValue: true), Ignore("quote", 'Q', takesValue: true), Ignore("speed-limit", 'Y', takesValue: true),
        Ignore("speed-time", 'y', takesValue: true), Ignore("telnet-option", 't', takesValue: true), Ignore("buffer", letter: null),
        Ignore("no-clobber", letter: null),
    ];

    private static IEnumerable<CurlOption> Ignore(bool takesValue, params string[] names) => names.Select(name => Ignore(name, letter: null, takesValue));

    private static CurlOption Ignore(string name, char? letter, bool takesValue = false) => new(name, letter, takesValue, Apply: null, Refusal: null);
}
