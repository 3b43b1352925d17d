namespace RequestsAsync.SideBySide;

/// <summary>How nginx is spoken to.</summary>
internal enum SiteProtocol
{
    /// <summary>HTTP/1.1.</summary>
    Plain,

    /// <summary>HTTP/1.1 over TLS.</summary>
    Secure,

    /// <summary>HTTP/2 over TLS, all requests over one connection.</summary>
    Multiplexed,
}
