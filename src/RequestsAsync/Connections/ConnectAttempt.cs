using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>One connection being opened: to the host or through a proxy, and TLS where the URL wants it.</summary>
internal sealed class ConnectAttempt
{
    private readonly Connector _connector;
    private readonly PhaseLimits _limits;
    private readonly Url _target;
    private readonly AlpnOffer _offer;
    private readonly ConnectTimes _times;
    private readonly long _started;
    private readonly EventLoop? _loop;
    private Stream? _socket; // to the host or to the proxy, below all TLS
    private TimeSpan _opening; // how long it took until there was a way to the host

    public ConnectAttempt(Connector connector, PhaseLimits limits, Url target, HttpRequestMessage message, EventLoop? loop)
    {
        _connector = connector;
        _limits = limits;
        _target = target;
        _loop = loop;
        _offer = message.Version.Major < 2 ? AlpnOffer.Http11
            : message.VersionPolicy == HttpVersionPolicy.RequestVersionExact ? AlpnOffer.Http2
            : AlpnOffer.Http2OrHttp11;
        _times = new ConnectTimes(Time);
        _started = Time.GetTimestamp();
    }

    private TimeProvider Time => _connector.Settings.TimeProvider;

    /// <summary>Opens it.</summary>
    /// <exception cref="RequestTimeoutException">A stage took longer than it may.</exception>
    /// <exception cref="TransportException">It cannot be opened.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(Stream Stream, Connection Connection)> RunAsync(Proxy? proxy, CancellationToken cancellationToken)
    {
        Stream stream = await LimitAsync(TimeoutPhase.Connect, ct => OpenAsync(proxy, ct), cancellationToken).ConfigureAwait(false);
        _socket ??= stream;
        _opening = Time.GetElapsedTime(_started);
        if (_target.IsSecure) stream = await LimitAsync(TimeoutPhase.Tls, ct => SecureAsync(stream, _target.Host, _offer, ct), cancellationToken).ConfigureAwait(false);

        EndPoint? remote = await OtherEndOfAsync(stream).ConfigureAwait(false);
        TimeSpan dns = _times.Resolving ?? TimeSpan.Zero;
        return (stream, new Connection
        {
            Host = _target.Host,
            Port = _target.Port,
            Dns = dns,
            Connect = _opening - dns,
            Tls = _target.IsSecure ? Time.GetElapsedTime(_started) - _opening : TimeSpan.Zero,
            Opened = Time.GetTimestamp(),
            RemoteEndPoint = remote,
            OnLoop = _socket as LoopSocketStream,
            Security = stream is SslStream secured && _target.IsSecure ? TlsInfo.Of(secured) : null,
        });
    }

    // The platform knows no other end of a connection that was reset in the meantime.
    private async ValueTask<EndPoint?> OtherEndOfAsync(Stream stream)
    {
        try
        {
            return _socket is NetworkStream ordinary ? ordinary.Socket.RemoteEndPoint : ((LoopSocketStream)_socket!).RemoteEndPoint;
        }
        catch (SocketException e)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new ConnectException("the connection was reset by the other side as soon as it was made.", e);
        }
    }

    private ValueTask<Stream> OpenAsync(Proxy? proxy, CancellationToken cancellationToken)
    {
        if (proxy is null) return _connector.DialAsync(_target.Host, _target.Port, checksPolicy: true, _times, _loop, cancellationToken);

        ProxyRoute route = new(
            proxy,
            _connector.Settings,
            DialProxyAsync,
            (stream, host, ct) => SecureAsync(stream, host, AlpnOffer.Http11, ct),
            _connector.ResolveAsync);
        return route.OpenAsync(_target, proxy.Forwards(_target.Scheme), cancellationToken);
    }

    private async ValueTask<Stream> DialProxyAsync(string host, int port, CancellationToken cancellationToken) =>
        _socket = await _connector.DialAsync(host, port, checksPolicy: false, _times, _loop, cancellationToken).ConfigureAwait(false);

    private async ValueTask<Stream> SecureAsync(Stream stream, string host, AlpnOffer offer, CancellationToken cancellationToken) =>
        await _connector.SecureAsync(stream, host, offer, cancellationToken).ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Stream> LimitAsync(TimeoutPhase phase, Func<CancellationToken, ValueTask<Stream>> stage, CancellationToken cancellationToken)
    {
        TimeSpan limit = _limits.Of(phase);
        using CancellationTokenSource clock = new(limit, Time);
        using CancellationTokenRegistration caller = cancellationToken.UnsafeRegister(static clock => ((CancellationTokenSource)clock!).Cancel(), clock);
        try
        {
            return await stage(clock.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            throw TimedOut(phase, limit, e);
        }
    }

    private RequestTimeoutException TimedOut(TimeoutPhase phase, TimeSpan limit, Exception cause)
    {
        TimeSpan dns = _times.Resolving ?? TimeSpan.Zero;
        TimeSpan all = Time.GetElapsedTime(_started);
        bool isOpen = phase == TimeoutPhase.Tls;
        Timings timings = new() { Dns = dns, Connect = (isOpen ? _opening : all) - dns, Tls = isOpen ? all - _opening : TimeSpan.Zero, Total = all };
        string what = phase == TimeoutPhase.Tls
            ? $"the TLS handshake with {_target.Host} was not done within {Failure.Seconds(limit)}"
            : $"no connection to {_target.Authority} within {Failure.Seconds(limit)}. The host drops packets, or is too far away";
        return new RequestTimeoutException($"{what} ({_times}).", phase, cause) { Timings = timings };
    }
}
