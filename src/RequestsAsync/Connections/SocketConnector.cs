using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>Makes the TCP connections of a session: resolves, asks the policy, and races the addresses.</summary>
internal sealed class SocketConnector : IDisposable
{
    private readonly CachingResolver _resolver;
    private readonly HostOverrides _overrides;
    private readonly AddressPolicy? _policy;
    private readonly AddressFamily? _family;
    private readonly IPEndPoint? _local;
    private readonly string? _unixSocket;
    private readonly TimeSpan _attemptDelay;
    private readonly TcpKeepAlive? _keepAlive;
    private readonly TimeProvider _time;

    /// <exception cref="InvalidRequestException">An option makes no sense.</exception>
    public SocketConnector(ConnectionOptions options, AddressPolicy? policy, TimeProvider time)
    {
        options.Check();
        _family = options.UsedFamily;
        // The platform's resolver can leave the other family unasked, which some name servers never answer.
        Resolver resolver = options.Resolver == Resolver.System && _family is { } family ? new SystemResolver(family) : options.Resolver;
        _resolver = new(resolver, options.DnsLifetime, time);
        _overrides = new(options.Hosts);
        _policy = policy;
        _local = options.LocalAddress is { } local ? new(local, 0) : null;
        _unixSocket = options.UnixSocket;
        _attemptDelay = options.AttemptDelay;
        _keepAlive = options.KeepAlive;
        _time = time;
    }

    /// <summary>Connects to a host, or to the session's Unix socket.</summary>
    /// <param name="host">The name in its ASCII form, or an address, with or without brackets.</param>
    /// <param name="port">The port.</param>
    /// <param name="checksPolicy">Whether the address policy is asked; it is not for a proxy that the program has named.</param>
    /// <param name="times">Learns how long it took.</param>
    /// <param name="loop">The event loop that is to wait on the connection, if it can; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Ends it; no socket is left then.</param>
    /// <exception cref="NameResolutionException">The host has no address, or none of the family that the options ask for.</exception>
    /// <exception cref="BlockedAddressException">The policy refuses all its addresses.</exception>
    /// <exception cref="ConnectException">No address could be connected to.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Stream> ConnectAsync(
        string host, int port, bool checksPolicy, ConnectTimes times, EventLoop? loop, CancellationToken cancellationToken)
    {
        bool isConnected = false;
        try
        {
            Stream connection;
            if (_unixSocket is { } path)
            {
                times.Connect();
                connection = StreamOf(await ConnectToUnixAsync(path, cancellationToken).ConfigureAwait(false), loop);
            }
            else
            {
                times.Resolve();
                IPEndPoint[] endPoints = EndPointsOf(await ResolveAsync(host, port, checksPolicy, cancellationToken).ConfigureAwait(false), port);
                times.Connect();
                connection = await HappyEyeballs.RaceAsync(endPoints, (endPoint, ct) => ConnectToAddressAsync(endPoint, loop, ct), _attemptDelay, _time, cancellationToken).ConfigureAwait(false);
            }

            isConnected = true;
            return connection;
        }
        finally
        {
            times.End(isConnected);
        }
    }

    /// <summary>The addresses of a host that the policy allows, in the order in which to try them.</summary>
    /// <exception cref="NameResolutionException">The host has no address, or none of the family that the options ask for.</exception>
    /// <exception cref="BlockedAddressException">The policy refuses all its addresses.</exception>
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, int port, CancellationToken cancellationToken) =>
        await ResolveAsync(host, port, checksPolicy: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Ends the lookups under way. Attempts to connect are ended by their tokens.</summary>
    public void Dispose() => _resolver.Dispose();

    private static IPEndPoint[] EndPointsOf(IPAddress[] addresses, int port)
    {
        var endPoints = new IPEndPoint[addresses.Length];
        for (int i = 0; i < endPoints.Length; i++)
            endPoints[i] = new IPEndPoint(addresses[i], port);
        return endPoints;
    }

    private async ValueTask<IPAddress[]> ResolveAsync(string host, int port, bool checksPolicy, CancellationToken cancellationToken)
    {
        if (host is ['[', .., ']']) host = host[1..^1];
        IPAddress[] found = _overrides.Find(host, port)
            ?? (AddressLiteral.TryParse(host, out IPAddress? literal) ? [literal] : await _resolver.ResolveAsync(host, cancellationToken).ConfigureAwait(false));

        IPAddress[] addresses = AddressOrder.Of(found, _family);
        if (addresses.Length == 0)
        {
            string family = _family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
            throw new NameResolutionException($"the host '{host}' has no {family} address, and the connection options ask for one: {string.Join<IPAddress>(", ", found)}.");
        }

        return checksPolicy && _policy is not null ? _policy.Filter(host, addresses) : addresses;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Stream> ConnectToAddressAsync(IPEndPoint endPoint, EventLoop? loop, CancellationToken cancellationToken)
    {
        if (loop?.Poller is { } poller && await ConnectOnLoopAsync(endPoint, loop, poller, cancellationToken).ConfigureAwait(false) is { } connection) return connection;

        Socket socket = Create(endPoint);
        try
        {
            if (_local is not null) Bind(socket, _local);
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<LoopSocketStream?> ConnectOnLoopAsync(IPEndPoint endPoint, EventLoop loop, LoopPoller poller, CancellationToken cancellationToken)
    {
        Socket socket = Create(endPoint);
        LoopSocketStream? connection = null;
        try
        {
            if (_local is not null) Bind(socket, _local);
            return connection = await LoopSocketStream.ConnectAsync(loop, poller, socket, endPoint, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (connection is null) socket.Dispose();
        }
    }

    private Socket Create(IPEndPoint endPoint)
    {
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _keepAlive?.Apply(socket);
        return socket;
    }

    private static Stream StreamOf(Socket socket, EventLoop? loop) =>
        loop?.Poller is { } poller ? LoopSocketStream.Of(loop, poller, socket) : new NetworkStream(socket, ownsSocket: true);

    private static void Bind(Socket socket, IPEndPoint local)
    {
        try
        {
            socket.Bind(local);
        }
        catch (SocketException e)
        {
            throw new ConnectException($"the LocalAddress {local.Address} cannot be used: {Failure.Reason(e)}", e);
        }
    }

    private static async ValueTask<Socket> ConnectToUnixAsync(string path, CancellationToken cancellationToken)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            string reason = e.SocketErrorCode == SocketError.ConnectionRefused ? "connection refused. Nothing listens there."
                : File.Exists(path) ? e.Message
                : "there is no such file.";
            throw new ConnectException($"the Unix socket '{path}' cannot be reached: {reason}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
