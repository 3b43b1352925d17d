using System.Text;

namespace RequestsAsync;

/// <summary>The transport that goes to the network: it speaks HTTP and keeps connections, and does nothing of what this library does itself.</summary>
internal static class NetworkTransport
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(15); // so that a change of DNS is noticed
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The transport of a session with these settings.</summary>
    public static SocketsHttpHandler Create(SessionSettings settings)
    {
        SocketsHttpHandler handler = CreateDirect();
        if (settings.Proxy is { } proxy)
        {
            handler.Proxy = new ForwardingProxy(proxy);
            handler.ConnectCallback = new ProxyConnector(proxy, settings).ConnectAsync;
        }
        else
            handler.UseProxy = settings.HearsProxyVariables;

        return handler;
    }

    private static SocketsHttpHandler CreateDirect() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        UseCookies = false,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        PooledConnectionIdleTimeout = IdleTimeout,
        EnableMultipleHttp2Connections = true,
        MaxResponseDrainSize = 0, // who lets a body go lets its connection go: draining would hold a cancelled call for seconds
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ResponseHeaderEncodingSelector = static (_, _) => HeaderEncoding.Instance,
    };
}
