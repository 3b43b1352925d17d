using System.Net.Sockets;

namespace RequestsAsync;

/// <summary>Makes the connections of a session that has a proxy: to the proxy for what it forwards, through it for all else.</summary>
internal sealed class ProxyConnector(Proxy proxy, SessionSettings settings)
{
    /// <summary>The transport's <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="ProxyException">The proxy cannot be reached, or opens no tunnel.</exception>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (Proxy.Forwards(context.InitialRequestMessage.RequestUri!.Scheme)) return ConnectToProxyAsync(cancellationToken);

        string host = context.DnsEndPoint.Host;
        if (host.Contains(':', StringComparison.Ordinal)) host = $"[{host.Trim('[', ']')}]";
        Url target = Url.Parse(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"https://{host}:{context.DnsEndPoint.Port}/"));
        return new ProxyTunnel(proxy, settings, ConnectToProxyAsync).OpenAsync(target, cancellationToken);
    }

    private async ValueTask<Stream> ConnectToProxyAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(proxy.Url.Host.Trim('[', ']'), proxy.Url.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new ProxyException($"the proxy {proxy} cannot be reached: {Failure.Reason(e)}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
