namespace RequestsAsync;

/// <summary>What a server asks of requests that come from other sites (RFC 6265bis §5.6.7).</summary>
/// <remarks>
/// Kept and saved, but no reason to hold a cookie back: a program's requests come from no site, as an address typed into a browser
/// does.
/// </remarks>
public enum CookieSameSite
{
    /// <summary>The server said nothing, or nothing that is known.</summary>
    Default,

    /// <summary>Send it with every request.</summary>
    None,

    /// <summary>Send it with the site's own requests and when somebody navigates to the site.</summary>
    Lax,

    /// <summary>Send it with the site's own requests alone.</summary>
    Strict,
}
