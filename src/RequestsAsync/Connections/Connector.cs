using System.Net.Security;
using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>Opens a session's connections, each stage within its limit, and keeps account of them.</summary>
internal sealed class Connector : IDisposable
{
    private readonly SocketConnector _sockets;
    private readonly TlsHandshake _tls;
    private readonly CancellationToken _stopping;
    private readonly ConditionalWeakTable<Stream, Connection> _made = []; // until the transport has it wrapped
    private readonly OpenConnections _open;
    private volatile Target? _last; // many connections are opened for one URL

    public Connector(SessionSettings settings, CancellationToken stopping)
    {
        Settings = settings;
        _stopping = stopping;
        _sockets = new SocketConnector(settings.Connection, settings.AddressPolicy, settings.TimeProvider);
        _tls = new TlsHandshake(settings.Tls, settings.Warn);
        _open = new OpenConnections(settings.Limits, settings.TimeProvider);
    }

    public SessionSettings Settings { get; }

    /// <summary>The connections that are open.</summary>
    public OpenConnections Open => _open;

    /// <summary>Opens a connection for the transport, which gets TLS finished where there is any.</summary>
    /// <param name="context">What the transport wants.</param>
    /// <param name="proxy">Through which proxy.</param>
    /// <param name="cancellationToken">The transport's.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, Proxy? proxy, CancellationToken cancellationToken)
    {
        HttpRequestMessage message = context.InitialRequestMessage;
        Sending? sending = (message as SentMessage)?.Sending;
        sending?.CheckFresh();
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
        sending?.BeginAttempt(ends);
        Url target = TargetOf(message.RequestUri!);
        _open.Begin(target.Host, target.Port);
        try
        {
            ConnectAttempt attempt = new(this, sending?.Limits ?? Settings.PhaseLimits, target, message, sending?.Loop);
            (Stream stream, Connection connection) = await attempt.RunAsync(proxy, ends.Token).ConfigureAwait(false);
            _made.Add(stream, connection);
            return stream;
        }
        finally
        {
            _open.End();
            sending?.EndAttempt(ends);
        }
    }

    /// <summary>Puts this library's own stream between the transport and a connection, under TLS where there is any.</summary>
    public Stream Wrap(SocketsHttpPlaintextStreamFilterContext context)
    {
        Stream stream = context.PlaintextStream;
        if (!_made.TryGetValue(stream, out Connection? connection)) return stream;

        _made.Remove(stream);
        bool isHttp2 = context.NegotiatedHttpVersion.Major >= 2;
        if (isHttp2) connection.OnLoop?.Leave(); // its streams are anybody's, and the transport hands each over to the thread pool
        ConnectionStream wrapped = isHttp2 ? new ConnectionStream(stream, connection, _open) : new Http1Stream(stream, connection, _open);
        _open.Add(wrapped, isHttp2);
        return wrapped;
    }

    /// <summary>Connects to a host, or to a proxy, which the program has named and no policy judges.</summary>
    public ValueTask<Stream> DialAsync(string host, int port, bool checksPolicy, ConnectTimes times, EventLoop? loop, CancellationToken cancellationToken) =>
        _sockets.ConnectAsync(host, port, checksPolicy, times, loop, cancellationToken);

    /// <summary>Shakes hands.</summary>
    public ValueTask<SslStream> SecureAsync(Stream stream, string host, AlpnOffer offer, CancellationToken cancellationToken) =>
        _tls.AuthenticateAsync(stream, host, offer, cancellationToken);

    /// <summary>The addresses of a host that the policy allows.</summary>
    public ValueTask<IReadOnlyList<System.Net.IPAddress>> ResolveAsync(string host, int port, CancellationToken cancellationToken) =>
        _sockets.ResolveAsync(host, port, cancellationToken);

    public void Dispose()
    {
        _sockets.Dispose();
        _tls.Dispose();
    }

    // The transport may name its proxy instead; the request's own URL is what is wanted.
    private Url TargetOf(Uri uri)
    {
        if (_last is { } last && ReferenceEquals(last.Uri, uri)) return last.Url;

        Url url = Url.Parse($"{uri.Scheme}://{uri.Authority}/");
        _last = new Target(uri, url);
        return url;
    }

    private sealed record Target(Uri Uri, Url Url);
}
