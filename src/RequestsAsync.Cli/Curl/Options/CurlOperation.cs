namespace RequestsAsync.Cli;

/// <summary>What a curl command line says up to a <c>--next</c>: options as they were given, nothing read and nothing decided.</summary>
internal sealed class CurlOperation
{
    public List<string> Urls { get; } = [];

    public List<string> UrlQueries { get; } = [];

    public string DefaultScheme { get; set; } = "http";

    public bool NoGlobbing { get; set; }

    public bool PathAsIs { get; set; }

    public string? Method { get; set; }

    public bool SendsDataInUrl { get; set; }

    public bool Head { get; set; }

    public List<CurlData> Data { get; } = [];

    public bool IsJson { get; set; }

    public List<CurlFormPart> Form { get; } = [];

    /// <summary>One for each URL, in order.</summary>
    public List<string> Uploads { get; } = [];

    /// <summary>As given: <c>Name: value</c>, <c>Name:</c>, <c>Name;</c> or <c>@file</c>.</summary>
    public List<string> Headers { get; } = [];

    /// <summary>For the proxy, as <see cref="Headers"/>.</summary>
    public List<string> ProxyHeaders { get; } = [];

    public string? UserAgent { get; set; }

    public string? Referer { get; set; }

    /// <summary>Whether a redirect's request names the page that led on (<c>;auto</c>).</summary>
    public bool NamesReferers { get; set; }

    public List<string> Cookies { get; } = [];

    public string? CookieJar { get; set; }

    public bool DropsSessionCookies { get; set; }

    public string? Range { get; set; }

    /// <summary>An offset, or <c>-</c> for the length of what is there.</summary>
    public string? ContinueAt { get; set; }

    public string? TimeCondition { get; set; }

    public string? EtagCompare { get; set; }

    public string? EtagSave { get; set; }

    public bool Compressed { get; set; }

    public Version? HttpVersion { get; set; }

    /// <summary>Whether <c>--http2</c> was asked for, which over plain HTTP would offer an upgrade.</summary>
    public bool OffersUpgrade { get; set; }

    public string? User { get; set; }

    public CurlAuthScheme AuthScheme { get; set; }

    public string? BearerToken { get; set; }

    /// <summary>The netrc file: <see langword="null"/> for none, empty for the usual one.</summary>
    public string? Netrc { get; set; }

    public string? Proxy { get; set; }

    public string? ProxyUser { get; set; }

    public bool ProxyDigest { get; set; }

    public string? NoProxy { get; set; }

    public bool FollowsRedirects { get; set; }

    public int? MaxRedirects { get; set; }

    public bool Insecure { get; set; }

    public string? CaCertificate { get; set; }

    public string? Certificate { get; set; }

    public string? CertificateType { get; set; }

    public string? Key { get; set; }

    public string? KeyPassword { get; set; }

    public List<string> PinnedKeys { get; } = [];

    public System.Security.Authentication.SslProtocols? MinimumTls { get; set; }

    /// <summary><c>host:port:address[,address]</c>.</summary>
    public List<string> Resolve { get; } = [];

    /// <summary><c>host1:port1:host2:port2</c>.</summary>
    public List<string> ConnectTo { get; } = [];

    public string? UnixSocket { get; set; }

    public string? Interface { get; set; }

    public System.Net.Sockets.AddressFamily? AddressFamily { get; set; }

    public TimeSpan? ConnectTimeout { get; set; }

    public TimeSpan? MaxTime { get; set; }

    public int Retries { get; set; }

    public TimeSpan? RetryDelay { get; set; }

    public bool RetriesAllErrors { get; set; }

    public long? MaxFileSize { get; set; }

    /// <summary>One for each URL, in order; <see langword="null"/> stands for <c>-O</c>.</summary>
    public List<string?> Outputs { get; } = [];

    public bool NamesAllFiles { get; set; }

    public bool TakesServersFileName { get; set; }

    public string? OutputFolder { get; set; }

    public bool CreatesFolders { get; set; }

    public string? HeaderDump { get; set; }

    public bool Include { get; set; }

    public bool Verbose { get; set; }

    public bool Fails { get; set; }

    public bool FailsWithBody { get; set; }

    public bool FailsEarly { get; set; }

    public bool IsSilent { get; set; }

    public bool ShowsErrors { get; set; }

    public string? WriteOut { get; set; }
}
