using System.CommandLine;
using System.Security.Authentication;

namespace RequestsAsync.Cli;

/// <summary>The options that say how the request goes: over which proxy, with which TLS, for how long.</summary>
internal sealed class TransportOptions
{
    private const string UsualTimeout = "How long it may take in all. Without it: 10 seconds to connect, 30 of silence.";

    private readonly Option<string?> _scheme = OptionKinds.Text("--default-scheme", "http|https", "The scheme of URLs without one.");
    private readonly Option<bool> _pathAsIs = OptionKinds.Flag("--path-as-is", "Refuse a URL with '.' or '..' in its path, which would be resolved.");
    private readonly Option<TimeSpan?> _timeout;
    private readonly Option<bool> _follow = OptionKinds.Flag("--follow", "Follow redirects.", "-F");
    private readonly Option<int?> _maxRedirects = OptionKinds.Number("--max-redirects", "How many redirects are followed; 20 unless given.");
    private readonly Option<int?> _maxHeaders = OptionKinds.Number("--max-headers", "How many header fields the answer may have.");
    private readonly Option<int?> _retry = OptionKinds.Number("--retry", "How often to try again after a failure that may pass.");
    private readonly Option<string[]> _proxy = OptionKinds.List("--proxy", "[SCHEME:]URL", "A proxy, for one scheme or for all.");
    private readonly Option<string?> _verify = OptionKinds.Text("--verify", "yes|no|CA", "Whether the server's certificate is checked, or the only authorities to trust.");
    private readonly Option<string?> _cert = OptionKinds.Text("--cert", "FILE", "A client certificate, PEM or PFX.");
    private readonly Option<string?> _certKey = OptionKinds.Text("--cert-key", "FILE", "Its private key, where it is in another file.");
    private readonly Option<string?> _certPassword = OptionKinds.Text("--cert-key-pass", "TEXT", "What the key is encrypted with.");
    private readonly Option<string?> _ssl = OptionKinds.Text("--ssl", "tls1.2|tls1.3", "The oldest version of TLS to speak.");
    private readonly Option<string?> _ciphers = OptionKinds.Text("--ciphers", "NAME:NAME…", "The cipher suites of TLS to offer, by their names in OpenSSL or the standard.");
    private readonly Option<string?> _httpVersion = OptionKinds.Text("--http-version", "1.1|2|3", "The version of HTTP to speak.");
    private readonly Option<string?> _unixSocket = OptionKinds.Text("--unix-socket", "PATH", "Connect to a Unix domain socket instead of the host.");
    private readonly Option<string[]> _resolve = OptionKinds.List("--resolve", "HOST:PORT:ADDR", "The address of a host, instead of asking for it.");

    /// <summary>Makes the options.</summary>
    /// <param name="timeout">What <c>--timeout</c> means for the command.</param>
    public TransportOptions(string timeout = UsualTimeout) => _timeout = OptionKinds.Seconds("--timeout", timeout);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_scheme, _pathAsIs, _timeout, _follow, _maxRedirects, _maxHeaders, _retry, _proxy, _verify, _cert, _certKey, _certPassword, _ssl, _ciphers, _httpVersion, _unixSocket, _resolve])
            command.Options.Add(option);
    }

    /// <summary>Adds those that say how connections are made, and nothing of redirects, repetitions and URLs.</summary>
    public void AddConnectionsTo(Command command)
    {
        foreach (Option option in (Option[])[_timeout, _proxy, _verify, _cert, _certKey, _certPassword, _ssl, _ciphers, _httpVersion, _resolve])
            command.Options.Add(option);
    }

    /// <summary>The URL, complete.</summary>
    /// <exception cref="CommandException">The default scheme is none.</exception>
    public string UrlOf(ParseResult parsed, string typed)
    {
        string? scheme = parsed.GetValue(_scheme);
        if (scheme is not (null or "http" or "https")) throw Bad("--default-scheme", "http or https", scheme);
        if (parsed.GetValue(_pathAsIs) && UrlShorthand.HasDotSegments(typed))
            throw CommandException.Usage($"--path-as-is cannot be kept for '{typed}': '.' and '..' in a path are always resolved (RFC 3986 §5.2.4).", "Without the option the path is sent resolved.");
        return UrlShorthand.Expand(typed, scheme);
    }

    /// <summary>How many header fields the answer may have.</summary>
    public int MaxHeaders(ParseResult parsed) => parsed.GetValue(_maxHeaders) ?? int.MaxValue;

    /// <summary>The session that they describe.</summary>
    /// <exception cref="CommandException">A value makes no sense.</exception>
    public SessionOptions Read(ParseResult parsed)
    {
        SessionOptions options = new();
        Apply(parsed, options);
        return options;
    }

    /// <summary>Writes what they say into the options of a session.</summary>
    /// <exception cref="CommandException">A value makes no sense.</exception>
    public void Apply(ParseResult parsed, SessionOptions options)
    {
        options.FollowRedirects = parsed.GetValue(_follow);
        options.HttpVersion = VersionOf(parsed.GetValue(_httpVersion));
        options.Connection = new() { UnixSocket = parsed.GetValue(_unixSocket), Hosts = HostsOf(parsed.GetValue(_resolve) ?? []) };
        if (parsed.GetValue(_timeout) is { } timeout) options.Timeout = timeout;
        if (parsed.GetValue(_maxRedirects) is { } redirects) options.MaxRedirects = redirects;
        if (parsed.GetValue(_retry) is { } retries) options.Retry = Retry.Default with { Attempts = retries + 1 };
        foreach (string proxy in parsed.GetValue(_proxy) ?? [])
            AddProxy(options, proxy);
        ReadTls(parsed, options.Tls);
    }

    /// <summary>Lets silence end nothing where the whole is limited, unless it is tried again then, nor where lines are printed as they come.</summary>
    public void AllowSilence(ParseResult parsed, SessionOptions options, bool isStream = false)
    {
        bool isWhole = parsed.GetValue(_timeout) is not null && parsed.GetValue(_retry) is null;
        if (isWhole || isStream) options.Timeout = options.Timeout with { Read = Timeouts.Infinite, Write = Timeouts.Infinite };
    }

    private void ReadTls(ParseResult parsed, TlsOptions tls)
    {
        switch (parsed.GetValue(_verify))
        {
            case null:
            case { } yes when yes.Equals("yes", StringComparison.OrdinalIgnoreCase) || yes.Equals("true", StringComparison.OrdinalIgnoreCase):
                break;
            case { } no when no.Equals("no", StringComparison.OrdinalIgnoreCase) || no.Equals("false", StringComparison.OrdinalIgnoreCase):
                tls.Verify = false;
                break;
            case { } path:
                tls.Ca.Add(ItemFile.Expand(path));
                tls.TrustsSystem = false;
                break;
        }

        if (parsed.GetValue(_cert) is { } cert) tls.ClientCertificate = CertificateOf(ItemFile.Expand(cert), parsed.GetValue(_certKey), parsed.GetValue(_certPassword));
        tls.MinimumVersion = parsed.GetValue(_ssl)?.ToLowerInvariant() switch
        {
            null or "ssl2.3" => null, // whatever both speak, in HTTPie's words
            "tls1.2" => SslProtocols.Tls12,
            "tls1.3" => SslProtocols.Tls13,
            { } other => throw Bad("--ssl", "tls1.2 or tls1.3; the older versions are forbidden (RFC 8996)", other),
        };
        if (parsed.GetValue(_ciphers) is { } ciphers) tls.CipherSuites = CipherNames.Parse(ciphers);
    }

    private static ClientCertificate CertificateOf(string path, string? key, string? password) =>
        key is null && Path.GetExtension(path).ToLowerInvariant() is ".pfx" or ".p12"
            ? ClientCertificate.FromPfx(path, password)
            : ClientCertificate.FromPem(path, key is null ? null : ItemFile.Expand(key), password);

    private static Version? VersionOf(string? text) => text switch
    {
        null => null,
        "1.1" or "1" => new Version(1, 1),
        "2" or "2.0" => new Version(2, 0),
        "3" or "3.0" => new Version(3, 0),
        _ => throw Bad("--http-version", "1.1, 2 or 3", text),
    };

    // "http:http://proxy:3128" is for one scheme, as in HTTPie; "http://proxy:3128" is a URL itself.
    private static void AddProxy(SessionOptions options, string text)
    {
        foreach (string scheme in (string[])["http", "https", "all"])
        {
            if (!text.StartsWith(scheme + ":", StringComparison.OrdinalIgnoreCase) || text.AsSpan(scheme.Length + 1).StartsWith("//")) continue;

            options.Mounts[scheme + "://"] = new Proxy(text[(scheme.Length + 1)..]);
            return;
        }

        options.Proxy = new Proxy(text);
    }

    // As curl has it; an address of IPv6 may stand in brackets.
    private static Dictionary<string, IReadOnlyList<string>> HostsOf(string[] entries)
    {
        Dictionary<string, IReadOnlyList<string>> hosts = new(StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            string[] parts = entry.Split(':', 3);
            if (parts is not [{ Length: > 0 } host, { Length: > 0 } port, { Length: > 0 } address]) throw Bad("--resolve", "HOST:PORT:ADDR", entry);
            hosts[$"{host}:{port}"] = [.. address.Split(',').Select(static one => one.Trim('[', ']'))];
        }

        return hosts;
    }

    private static CommandException Bad(string option, string takes, string value) => CommandException.Usage($"{option} takes {takes}, not '{value}'.");
}
