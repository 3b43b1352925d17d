using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
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
        if (settings.Proxy is { IsNone: false } proxy)
        {
            ProxyRoute route = new(proxy, settings, DialAsync, SecureAsync, ResolveAsync);
            handler.Proxy = new ForwardingProxy(proxy);
            handler.ConnectCallback = (context, cancellationToken) =>
                route.OpenAsync(TargetOf(context.DnsEndPoint), proxy.Forwards(context.InitialRequestMessage.RequestUri!.Scheme), cancellationToken);
        }
        else
            handler.UseProxy = settings.Proxy is null && settings.HearsProxyVariables;

        return handler;
    }

    private static Url TargetOf(DnsEndPoint target)
    {
        string host = target.Host.Contains(':', StringComparison.Ordinal) ? $"[{target.Host.Trim('[', ']')}]" : target.Host;
        return Url.Parse(string.Create(CultureInfo.InvariantCulture, $"https://{host}:{target.Port}/"));
    }

    private static async ValueTask<Stream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Stream> SecureAsync(Stream stream, string host, CancellationToken cancellationToken)
    {
        SslStream secured = new(stream);
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken).ConfigureAwait(false);
        return secured;
    }

    private static async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, int port, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);

    private static SocketsHttpHandler CreateDirect() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
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
