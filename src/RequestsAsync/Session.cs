using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>Sends requests over one pool of connections, with shared settings and cookies that persist between them.</summary>
/// <remarks>
/// <para>Safe for any number of threads at once, and meant to live long: make one for each service that is called, not one for each call.</para>
/// <para>Disposing ends the requests that are still under way with <see cref="ObjectDisposedException"/> and closes the connections.</para>
/// </remarks>
public sealed partial class Session : IDisposable, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpMessageInvoker? _handler; // of the caller's
    private readonly bool _handlerIsNetwork;
    private readonly bool _isWrapped;
    private readonly ConditionalWeakTable<HttpMessageHandler, HttpMessageInvoker> _mounted = [];
    private int _disposed;

    /// <summary>Creates a session that goes to the network.</summary>
    /// <param name="options">What it does for every request; copied.</param>
    /// <exception cref="InvalidRequestException">An option is not allowed, a <see cref="SessionOptions.BaseAddress"/> without its last slash for example.</exception>
    [OverloadResolutionPriority(1)] // new Session(new() { … }) means the options
    public Session(SessionOptions? options = null)
        : this(options, wrap: null)
    {
    }

    /// <summary>Creates a session that goes to the network through something of the caller's.</summary>
    /// <param name="options">What it does for every request; copied.</param>
    /// <param name="wrap">Puts a handler around each transport; it gets every request as it goes out, and the cancellation of each.</param>
    internal Session(SessionOptions? options, Func<HttpMessageHandler, HttpMessageHandler>? wrap)
    {
        _isWrapped = wrap is not null;
        Stopping = _stopping.Token;
        Settings = new SessionSettings(options ?? new SessionOptions());
        Network = new Network(Settings, wrap, Stopping);
        Gate = new Gate(Settings, isNetwork: true);
        Deadlines = new Deadlines(Settings.TimeProvider, Stopping);
    }

    /// <summary>Creates a session over any handler: an application under test, a mock, somebody else's pipeline.</summary>
    /// <param name="handler">
    /// What answers the requests. Redirects, cookies and content codings are this session's work: turn the handler's own off. It gets ordinary
    /// <see cref="Uri"/>s, which write <c>%7E</c> as <c>~</c>; only to the network goes every URL as it is.
    /// </param>
    /// <param name="options">What the session does for every request; copied.</param>
    /// <param name="disposeHandler">Whether disposing the session disposes the handler.</param>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidRequestException">An option is not allowed.</exception>
    public Session(HttpMessageHandler handler, SessionOptions? options = null, bool disposeHandler = true)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Stopping = _stopping.Token;
        Settings = new SessionSettings(options ?? new SessionOptions());
        if (Settings.NeedsOwnConnections) throw new InvalidRequestException("A session over a handler connects as the handler does: set proxies, TLS, addresses and connections there.");
        _handler = new HttpMessageInvoker(handler, disposeHandler);
        _handlerIsNetwork = handler is SocketsHttpHandler;
        Gate = new Gate(Settings, isNetwork: false);
        Deadlines = new Deadlines(Settings.TimeProvider, Stopping);
    }

    /// <summary>The cookies of this session; servers' cookies are stored in it and sent back by the rules of RFC 6265bis.</summary>
    public CookieJar Cookies => Settings.Cookies;

    internal SessionSettings Settings { get; }

    /// <summary>The way to the network; <see langword="null"/> for a session over a handler.</summary>
    internal Network? Network { get; }

    /// <summary>Whether its requests go out by the runtime's own transport, where no mount leads them elsewhere.</summary>
    internal bool IsNetwork => OwnsTransport || _handlerIsNetwork;

    /// <summary>Whether its requests go out by its own transport as they are given to it: somebody else's handler may change a message, and keep it.</summary>
    internal bool OwnsTransport => Network is not null && !_isWrapped;

    /// <summary>What every sending passes.</summary>
    internal Gate Gate { get; }

    /// <summary>The requests without options.</summary>
    internal PlainRequests PlainRequests { get; } = new();

    /// <summary>Calls that are over, for those to come.</summary>
    internal Spares<Exchange> Exchanges { get; } = new(max: 1024);

    /// <summary>The clocks of its calls.</summary>
    internal Deadlines Deadlines { get; }

    /// <summary>What the session has left for repetitions.</summary>
    internal RetryBudget RetryBudget { get; } = new();

    /// <summary>Cancelled when the session is disposed.</summary>
    internal CancellationToken Stopping { get; }

    /// <summary>This session as a handler: cookies, redirects, credentials, hooks and limits for any library that takes one.</summary>
    /// <returns>A handler. Disposing it leaves the session as it is.</returns>
    /// <remarks>
    /// Its failures are those that users of <see cref="HttpClient"/> know: <see cref="HttpRequestException"/> with the <see cref="RequestException"/> as its cause,
    /// and for a timeout <see cref="TaskCanceledException"/>.
    /// </remarks>
    public HttpMessageHandler AsHttpMessageHandler() => new SessionHandler(this);

    /// <summary>This session as an <see cref="HttpClient"/>, with its base address.</summary>
    /// <returns>A client. Disposing it leaves the session as it is.</returns>
    /// <inheritdoc cref="AsHttpMessageHandler" path="/remarks"/>
    public HttpClient AsHttpClient() => new(AsHttpMessageHandler())
    {
        BaseAddress = Settings.BaseAddress?.ToOrdinaryUri(),
        Timeout = System.Threading.Timeout.InfiniteTimeSpan, // the session has its own
    };

    /// <summary>Ends what is under way and closes the connections. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;

        try
        {
            _stopping.Cancel();
        }
        finally
        {
            Close();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;

        try
        {
            await _stopping.CancelAsync().ConfigureAwait(false); // the requests' own callbacks run on the pool, not here
        }
        finally
        {
            Close();
        }
    }

    private void Close()
    {
        Network?.Dispose();
        _handler?.Dispose();

        _stopping.Dispose();
    }

    /// <summary>Shows the base address, where there is one.</summary>
    public override string ToString() => Settings.BaseAddress is { } address ? $"<Session [{address}]>" : "<Session>";

    /// <summary>How a request reaches its host.</summary>
    internal Way WayTo(PreparedRequest request)
    {
        Mount mount = Settings.Ways.Select(request.Url, request.Proxy);
        if (mount.Handler is { } handler) return new Way(_mounted.GetValue(handler, static handler => new(handler, disposeHandler: false)), Proxy: null, IsNetwork: false);
        if (_handler is not null && request.Proxy is { IsNone: false })
            throw new InvalidRequestException($"A session over a handler connects as the handler does: the proxy {request.Proxy} must be set there.");
        if (_handler is not null) return new Way(_handler, Proxy: null, _handlerIsNetwork);

        Proxy? proxy = mount.Proxy == Proxy.None ? null : mount.Proxy;
        if (proxy is not null && request.HttpVersion is { Major: 3 }) throw new InvalidRequestException($"HTTP/3 makes its connections by itself and would go past the proxy {proxy}. Set Proxy.None for it, or another HttpVersion.");
        return new Way(Network!.TransportFor(proxy), proxy, IsNetwork: true);
    }

    internal ValueTask<Response> SendAsync(Request request, bool stream, bool async, bool inBatch, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return Settings.Middleware is null && request.Extras?.MiddlewareOrNull is null
            ? Exchange.RunAsync(this, request, stream, async, inBatch, cancellationToken)
            : SendThroughMiddlewareAsync(request, stream, async, inBatch, cancellationToken);
    }

    private async ValueTask<Response> SendThroughMiddlewareAsync(Request request, bool stream, bool async, bool inBatch, CancellationToken cancellationToken)
    {
        IReadOnlyList<Middleware> middleware = [.. Settings.Middleware ?? [], .. request.Extras?.MiddlewareOrNull ?? []];
        ValueTask<Response> call = MiddlewareChain.RunAsync(
            middleware, at: 0, request, NextAsync, cancellationToken);
        if (!async && !call.IsCompleted) throw new InvalidRequestException($"{request}: a middleware has something to await, and a blocking call awaits nothing. Use the verb that ends in Async.") { Request = request };
        return await call.ConfigureAwait(false);

        // A task of its own: what somebody else's code may await twice must not serve again.
        async ValueTask<Response> NextAsync(Request changed, CancellationToken ct) => await Exchange.RunAsync(this, changed, stream, async, inBatch, ct).ConfigureAwait(false);
    }
}
