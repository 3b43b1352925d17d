using System.Net;

namespace RequestsAsync;

/// <summary>Makes the connections of requests that go through one proxy: to the proxy for what it forwards, through it for all else.</summary>
/// <param name="proxy">The proxy.</param>
/// <param name="settings">The session's settings.</param>
/// <param name="dial">Connects to a host and port; asked for the proxy's own alone.</param>
/// <param name="secure">Begins TLS with the host of an https proxy. It must agree on HTTP/1.1.</param>
/// <param name="resolve">
/// Finds the addresses of a target, for a proxy that is told no names. It is asked about address literals too, so that a rule about addresses holds for them.
/// </param>
internal sealed class ProxyRoute(
    Proxy proxy,
    SessionSettings settings,
    Func<string, int, CancellationToken, ValueTask<Stream>> dial,
    Func<Stream, string, CancellationToken, ValueTask<Stream>> secure,
    Func<string, int, CancellationToken, ValueTask<IReadOnlyList<IPAddress>>> resolve)
{
    private readonly SocksClient _socks = new(proxy);

    /// <summary>The connection for a request.</summary>
    /// <param name="target">Where the request goes; only host and port count.</param>
    /// <param name="forwards">Whether the proxy is handed the request whole, see <see cref="Proxy.Forwards"/>. The connection then is one to the proxy.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProxyException">The proxy cannot be reached, or makes no connection to the target.</exception>
    public ValueTask<Stream> OpenAsync(Url target, bool forwards, CancellationToken cancellationToken)
    {
        if (forwards) return ConnectToProxyAsync(cancellationToken);
        if (proxy.IsSocks) return OpenBySocksAsync(target, cancellationToken);
        return new ProxyTunnel(proxy, settings, ConnectToProxyAsync).OpenAsync(target, cancellationToken);
    }

    private async ValueTask<Stream> OpenBySocksAsync(Url target, CancellationToken cancellationToken)
    {
        string? refusal = null;
        foreach (EndPoint endPoint in await FindAsync(target, cancellationToken).ConfigureAwait(false))
        {
            // A refused connection is closed by the proxy, so each address takes one of its own.
            Stream connection = await ConnectToProxyAsync(cancellationToken).ConfigureAwait(false);
            bool isOpen = false;
            try
            {
                refusal = await _socks.ConnectAsync(connection, endPoint, cancellationToken).ConfigureAwait(false);
                isOpen = refusal is null;
                if (isOpen) return connection;
            }
            finally
            {
                if (!isOpen) await connection.DisposeAsync().ConfigureAwait(false);
            }
        }

        throw refusal is null ? Socks.NoAddress(proxy, target.Host) : Socks.Refused(proxy, refusal);
    }

    // What the proxy is asked for, one after the other until one is reached.
    private async ValueTask<IReadOnlyList<EndPoint>> FindAsync(Url target, CancellationToken cancellationToken)
    {
        string host = target.Host.Trim('[', ']');
        if (ProxyScheme.TakesNames(proxy.Scheme))
            return [IPAddress.TryParse(host, out IPAddress? literal) ? new IPEndPoint(literal, target.Port) : new DnsEndPoint(host, target.Port)];

        List<EndPoint> found = [];
        foreach (IPAddress address in await resolve(host, target.Port, cancellationToken).ConfigureAwait(false))
        {
            if (proxy.Scheme == "socks5" || Socks4.CanName(address)) found.Add(new IPEndPoint(address, target.Port));
        }

        return found;
    }

    private async ValueTask<Stream> ConnectToProxyAsync(CancellationToken cancellationToken)
    {
        Stream? connection = null;
        try
        {
            connection = await dial(proxy.BareHost, proxy.Port, cancellationToken).ConfigureAwait(false);
            return proxy.Scheme == "https" ? await secure(connection, proxy.BareHost, cancellationToken).ConfigureAwait(false) : connection;
        }
        catch (Exception e)
        {
            if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException or RequestTimeoutException or BlockedAddressException) throw;
            throw Unreachable(e);
        }
    }

    // The cause of a typed failure becomes the cause of this one: whoever asks whether to try again looks for what the network said.
    private ProxyException Unreachable(Exception e) => new(
        $"the proxy {proxy} cannot be reached: {(e is TlsException ? e.Message : Failure.Reason(e))}",
        e is RequestException { InnerException: { } cause } ? cause : e);
}
