using System.Globalization;

namespace RequestsAsync;

/// <summary>The words of a curl command, found option by option.</summary>
internal sealed class CurlWords
{
    private const int CurlsMaxRedirects = 50;
    private const long CurlAsksFrom = 1 << 20; // with more content than this it sends Expect by itself

    // Those for which no content is what is expected, so that the transport sends no Content-Length: 0.
    private static readonly HashSet<string> WithoutContent = new(StringComparer.Ordinal) { "GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT" };

    private readonly SessionSettings _session;
    private readonly Request _request;
    private readonly PreparedRequest _prepared;
    private readonly List<string> _words = ["curl"];
    private readonly CurlContent _content;

    public CurlWords(SessionSettings session, Request request)
    {
        _session = session;
        _request = request;
        _prepared = Preparation.Prepare(session, request, blocking: false);
        _content = CurlContent.Of(_prepared, request.Extras);
        AddMethod();
        AddHeaders();
        AddCookies();
        AddAuth();
        _words.AddRange(_content.Words);
        AddRedirects();
        AddTimeouts();
        AddConnection();
        AddTls();
        AddUrl();
    }

    /// <summary>The command.</summary>
    public override string ToString() => _content.Source + string.Join(' ', _words.Select(CurlQuoting.Quote));

    private void Add(string option, string value)
    {
        _words.Add(option);
        _words.Add(value);
    }

    private void AddMethod()
    {
        string method = _prepared.Method.Method;
        if (method == "HEAD" && _prepared.Body is null) _words.Add("--head");
        else if (method != (_content.Words.Count > 0 ? "POST" : "GET")) Add("--request", method);

        // To say that there is nothing is the method's due (RFC 9110 §8.6), and curl leaves it out.
        if (_prepared.Body is null && !WithoutContent.Contains(method) && !_prepared.Headers.Contains("Content-Length")) Add("--header", "Content-Length: 0");
    }

    private void AddHeaders()
    {
        foreach ((string name, string value) in _prepared.Headers)
        {
            if (name.Equals("Accept", StringComparison.OrdinalIgnoreCase) && value == "*/*") continue; // curl's own
            AddHeader(name, value);
            if (name.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase)) _words.Add("--compressed");
        }

        foreach (string name in (ReadOnlySpan<string>)["User-Agent", "Accept"])
        {
            if (!_prepared.Headers.Contains(name)) Add("--header", name + ":");
        }

        AddContentType();
        if (_prepared.Headers.Contains("Expect")) return;
        if (_prepared is { ExpectContinue: true, Body: not null }) AddHeader("Expect", "100-continue");
        else if (_prepared.Body is { Length: null or > CurlAsksFrom }) Add("--header", "Expect:");
    }

    private void AddHeader(string name, string value) => Add("--header", value.Length == 0 ? name + ";" : $"{name}: {value}");

    private void AddContentType()
    {
        if (_prepared.Body is not { } body || _content.MakesContentType || _prepared.Headers.Contains("Content-Type")) return;
        Add("--header", body.ContentType is { } type ? "Content-Type: " + type : "Content-Type:");
    }

    private void AddCookies()
    {
        if (_prepared.Headers.Contains("Cookie")) return;

        string? cookies = Messages.CookiesOf(_prepared, _session.Cookies);
        if (cookies is not null) AddHeader("Cookie", cookies);
    }

    private void AddAuth()
    {
        switch (_prepared.Auth)
        {
            case BasicAuth basic:
                Add("--user", $"{basic.Credentials.UserName}:{basic.Credentials.Password}");
                break;
            case DigestAuth digest:
                _words.Add("--digest");
                Add("--user", $"{digest.Credentials.UserName}:{digest.Credentials.Password}");
                break;
            case BearerAuth bearer:
                AddHeader("Authorization", bearer.Field);
                break;
            case NetrcAuth { Path: { } path }:
                Add("--netrc-file", path);
                break;
            case NetrcAuth:
                _words.Add("--netrc-optional");
                break;
        }
    }

    private void AddRedirects()
    {
        if (!(_request.Extras?.FollowRedirects ?? _session.FollowRedirects)) return;

        _words.Add("--location");
        if (_session.MaxRedirects != CurlsMaxRedirects) Add("--max-redirs", Text(_session.MaxRedirects));
    }

    private void AddTimeouts()
    {
        Timeouts? own = _request.Extras?.Timeout;
        if ((own?.Connect ?? _session.Timeout.Connect) is { } connect && connect != Timeouts.Infinite) Add("--connect-timeout", Text(connect));
        if ((own?.Total ?? _session.Timeout.Total) is { } total && total != Timeouts.Infinite) Add("--max-time", Text(total));
    }

    private void AddConnection()
    {
        if (_prepared.HttpVersion is { } version)
            _words.Add(version.Major switch { 1 => "--http1.1", 2 when !_prepared.Url.IsSecure => "--http2-prior-knowledge", 2 => "--http2", _ => "--http3" });
        AddProxy();
        ConnectionOptions connection = _session.Connection;
        if (connection.UnixSocket is { } socket) Add("--unix-socket", socket);
        if (connection.LocalAddress is { } address) Add("--interface", address.ToString());
        if (connection.AddressFamily is { } family) _words.Add(family == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "--ipv6" : "--ipv4");
        foreach ((string host, IReadOnlyList<string> addresses) in connection.Hosts)
        {
            string name = host.LastIndexOf(':') > host.LastIndexOf(']') ? host : $"{host}:{Text(_prepared.Url.Port)}";
            Add("--resolve", $"{name}:{string.Join(',', addresses.Select(static a => a.Contains(':', StringComparison.Ordinal) ? $"[{a}]" : a))}");
        }
    }

    private void AddProxy()
    {
        if (_prepared.Proxy is { IsNone: true })
        {
            Add("--noproxy", "*");
            return;
        }

        if (_session.Ways.Select(_prepared.Url, _prepared.Proxy).Proxy is not { IsNone: false } proxy) return;

        Add("--proxy", $"{proxy.Scheme}://{proxy.Host}:{Text(proxy.Port)}");
        if (proxy.Auth is DigestAuth digest)
        {
            _words.Add("--proxy-digest");
            Add("--proxy-user", $"{digest.Credentials.UserName}:{digest.Credentials.Password}");
        }
        else if (proxy.Credentials is { } credentials) Add("--proxy-user", $"{credentials.UserName}:{credentials.Password}");
        else if (proxy.Auth is BearerAuth bearer) Add("--proxy-header", "Proxy-Authorization: " + bearer.Field);
    }

    private void AddTls()
    {
        if (!_prepared.Url.IsSecure) return;

        TlsOptions tls = _session.Tls;
        if (!tls.Verify) _words.Add("--insecure");
        if (tls.Ca is [{ FilePath: { } authority }]) Add("--cacert", authority);
        switch (tls.ClientCertificate)
        {
            case PemClientCertificate pem:
                Add("--cert", pem.CertificatePath);
                if (pem.KeyPath != pem.CertificatePath) Add("--key", pem.KeyPath);
                if (pem.Password is { } password) Add("--pass", password);
                break;
            case PfxClientCertificate pfx:
                Add("--cert", pfx.FilePath);
                Add("--cert-type", "P12");
                if (pfx.Password is { } pass) Add("--pass", pass);
                break;
        }

        if (tls.MinimumVersion == System.Security.Authentication.SslProtocols.Tls13) _words.Add("--tlsv1.3");
    }

    private void AddUrl()
    {
        string url = _prepared.Url.WithFragment(null).ToString(); // without user name and password, which stand for themselves
        if (url.AsSpan().ContainsAny("[]{}")) _words.Add("--globoff");
        _words.Add(url);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
