namespace RequestsAsync;

/// <summary>Where the time of one sending went: of the request whose answer a response is, its earlier attempts and redirects left out.</summary>
/// <remarks>
/// The spans <see cref="Queue"/>, <see cref="Dns"/>, <see cref="Connect"/> and <see cref="Tls"/> follow one another;
/// <see cref="RequestSent"/>, <see cref="FirstByte"/> and <see cref="Total"/> are counted from the start, as curl's <c>time_pretransfer</c>,
/// <c>time_starttransfer</c> and <c>time_total</c> are. What a connection that was there already did not need is zero.
/// </remarks>
public sealed record Timings
{
    /// <summary>How long the request waited for its place: the rate limit and the limits of connections.</summary>
    public TimeSpan Queue { get; init; }

    /// <summary>How long it took to find the host's address.</summary>
    public TimeSpan Dns { get; init; }

    /// <summary>How long it took to connect, and for a proxy to open the way.</summary>
    public TimeSpan Connect { get; init; }

    /// <summary>How long the TLS handshake took.</summary>
    public TimeSpan Tls { get; init; }

    /// <summary>From the start until the last byte of the request was handed to the network; <see langword="null"/> where it was not, or cannot be known (a request without content over HTTP/2).</summary>
    public TimeSpan? RequestSent { get; init; }

    /// <summary>From the start until the first byte of the response was here; over HTTP/2, its header fields.</summary>
    public TimeSpan? FirstByte { get; init; }

    /// <summary>From the start until the last byte of the body was here, or the response was disposed; while neither is so, until now.</summary>
    public TimeSpan Total { get; init; }
}
