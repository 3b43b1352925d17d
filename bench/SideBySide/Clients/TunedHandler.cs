using System.Net;

namespace RequestsAsync.SideBySide;

/// <summary>The handler of those who know how: nothing is on that is not used.</summary>
internal static class TunedHandler
{
    public static SocketsHttpHandler Create(LoadSettings settings)
    {
        SocketsHttpHandler handler = new()
        {
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = settings.Http2 ? 1 : settings.Connections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        };
        if (settings.Authority is { } file) handler.SslOptions.CertificateChainPolicy = TrustedRoot.FromPem(file).Policy;
        return handler;
    }
}
