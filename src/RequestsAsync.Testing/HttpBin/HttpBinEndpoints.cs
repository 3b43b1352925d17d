using Microsoft.AspNetCore.Routing;

namespace RequestsAsync.Testing;

/// <summary>Mounts the endpoints of httpbin into an application of one's own.</summary>
public static class HttpBinEndpoints
{
    /// <summary>Adds every endpoint of httpbin; call it on a <c>MapGroup("/bin")</c> to mount them under a prefix.</summary>
    /// <remarks>
    /// <para>The clock is the application's <see cref="TimeProvider"/> service, or the system's where it has none.</para>
    /// <para>
    /// <c>/early-hints</c> and <c>/slow-headers</c> need the connections of <see cref="HttpBin"/>: elsewhere the one sends its answer alone,
    /// and the other sends it at once.
    /// </para>
    /// <para>
    /// httpbin answers with UTF-8 in header values where it is asked to (<c>/redirect-to</c>, <c>/response-headers</c>). Kestrel sends
    /// those only with a <c>ResponseHeaderEncodingSelector</c> that allows it; without one such a request gets a 400.
    /// </para>
    /// </remarks>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <returns><paramref name="endpoints"/>, to go on mapping.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is <see langword="null"/>.</exception>
    public static IEndpointRouteBuilder MapHttpBin(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var routes = new BinRoutes(endpoints);
        MethodEndpoints.Map(routes);
        InspectionEndpoints.Map(routes);
        StatusEndpoints.Map(routes);
        DelayEndpoints.Map(routes);
        RedirectEndpoints.Map(routes);
        CookieEndpoints.Map(routes);
        AuthEndpoints.Map(routes);
        DigestEndpoints.Map(routes);
        CompressionEndpoints.Map(routes);
        DataEndpoints.Map(routes);
        RangeEndpoints.Map(routes);
        CacheEndpoints.Map(routes);
        FormatEndpoints.Map(routes);
        ImageEndpoints.Map(routes);
        LinkEndpoints.Map(routes);
        ServerSentEvents.Map(routes);
        WebSocketEcho.Map(routes);
        TrailerEndpoints.Map(routes);
        HeadEndpoints.Map(routes);
        BombEndpoints.Map(routes);
        ResetEndpoints.Map(routes);
        FlakyEndpoints.Map(routes);
        RateLimitedEndpoints.Map(routes);
        OAuthEndpoints.Map(routes);
        IndexEndpoint.Map(routes);
        return endpoints;
    }
}
