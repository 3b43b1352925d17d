using System.Text;

namespace RequestsAsync;

/// <summary>A session's way to the network: one transport for each proxy, and one for no proxy, over connections that it makes itself.</summary>
/// <remarks>
/// A transport speaks HTTP and keeps connections, and does nothing of what this library does itself. Each proxy has one of its own, so that
/// a tunnel through one is never taken for a way through another, or for a direct one.
/// </remarks>
internal sealed class Network : IDisposable
{
    private readonly SessionSettings _settings;
    private readonly Func<HttpMessageHandler, HttpMessageHandler>? _wrap;
    private readonly Lock _gate = new();
    private readonly Dictionary<Proxy, HttpMessageInvoker> _proxied = [];
    private HttpMessageInvoker? _direct;
    private bool _isDisposed;

    /// <param name="settings">The session's.</param>
    /// <param name="wrap">Puts a handler around each transport; <see langword="null"/> for none.</param>
    /// <param name="stopping">Cancelled when the session is disposed.</param>
    public Network(SessionSettings settings, Func<HttpMessageHandler, HttpMessageHandler>? wrap, CancellationToken stopping)
    {
        _wrap = wrap;
        _settings = settings;
        Connector = new Connector(settings, stopping);
    }

    /// <summary>What opens the connections.</summary>
    public Connector Connector { get; }

    /// <summary>The transport that goes through a proxy, or directly.</summary>
    public HttpMessageInvoker TransportFor(Proxy? proxy)
    {
        if (proxy is null && _direct is { } direct) return direct;

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(Session));
            if (proxy is null) return _direct ??= Create(proxy: null);
            if (!_proxied.TryGetValue(proxy, out HttpMessageInvoker? transport)) _proxied.Add(proxy, transport = Create(proxy));
            return transport;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _direct?.Dispose();
        foreach (HttpMessageInvoker transport in _proxied.Values)
            transport.Dispose();
        Connector.Dispose();
    }

    private HttpMessageInvoker Create(Proxy? proxy)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            UseCookies = false,
            ActivityHeadersPropagator = null, // spans are this library's own, and cover the body
            UseProxy = proxy is { IsSocks: false },
            Proxy = proxy is { IsSocks: false } ? new ForwardingProxy(proxy) : null,
            ConnectTimeout = Timeouts.Infinite, // the connector has limits for each phase
            ConnectCallback = (context, ct) => Connector.ConnectAsync(context, proxy, ct),
            PlaintextStreamFilter = (context, _) => new(Connector.Wrap(context)),
            PooledConnectionLifetime = _settings.Connection.MaxLifetime,
            PooledConnectionIdleTimeout = _settings.Connection.IdleTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30), // one dead HTTP/2 connection would hold up every request to its host
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            MaxResponseHeadersLength = (int)((_settings.MaxHeaderBytes + 1023L) / 1024),
            MaxResponseDrainSize = 0, // who lets a body go lets its connection go: draining would hold a cancelled call for seconds
            RequestHeaderEncodingSelector = static (_, message) => EncodingOf(message),
            ResponseHeaderEncodingSelector = static (_, message) => message is SentMessage { Sending.HasPlainHead: true } ? null : HeaderEncoding.Instance,
        };
        return new HttpMessageInvoker(_wrap?.Invoke(handler) ?? handler);
    }

    // The transport asks this for each field that it writes, which is the last moment at which it tells whose bytes come next.
    private static Encoding? EncodingOf(HttpRequestMessage message)
    {
        if (message is not SentMessage { Sending: { } sending }) return Encoding.UTF8;

        sending.Mark();
        return sending.IsAscii ? null : Encoding.UTF8;
    }
}
