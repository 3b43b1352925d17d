using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>The way that requests for some URLs go: through a proxy, directly, or to a handler in this process. A proxy, its URL and a handler convert.</summary>
public sealed class Mount
{
    /// <summary>A way through a proxy.</summary>
    /// <param name="proxy">The proxy; <see cref="Proxy.None"/> for the direct way.</param>
    /// <exception cref="ArgumentNullException"><paramref name="proxy"/> is <see langword="null"/>.</exception>
    public Mount(Proxy proxy)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        Proxy = proxy;
    }

    /// <summary>A way that ends in this process, at a test server's or a mock's handler for example.</summary>
    /// <param name="handler">What answers the requests; who made it disposes it. Redirects, cookies and content codings are the session's work: turn the handler's own off.</param>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is <see langword="null"/>.</exception>
    public Mount(HttpMessageHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Handler = handler;
    }

    /// <summary>The proxy, or <see langword="null"/> where there is a <see cref="Handler"/>.</summary>
    public Proxy? Proxy { get; }

    /// <summary>The handler, or <see langword="null"/> where there is a <see cref="Proxy"/>.</summary>
    public HttpMessageHandler? Handler { get; }

    /// <summary>The way through a proxy; <see langword="null"/> for <see langword="null"/>.</summary>
    /// <param name="proxy">The proxy.</param>
    [return: NotNullIfNotNull(nameof(proxy))]
    public static implicit operator Mount?(Proxy? proxy) => proxy is null ? null : new Mount(proxy);

    /// <summary>The way through the proxy of a URL; <see langword="null"/> for <see langword="null"/>.</summary>
    /// <param name="proxyUrl">The URL of the proxy.</param>
    /// <exception cref="InvalidRequestException">It is no proxy's URL; see <see cref="RequestsAsync.Proxy.Proxy(string)"/>.</exception>
    [return: NotNullIfNotNull(nameof(proxyUrl))]
    public static implicit operator Mount?(string? proxyUrl) => proxyUrl is null ? null : new Mount(new Proxy(proxyUrl));

    /// <summary>The way to a handler; <see langword="null"/> for <see langword="null"/>.</summary>
    /// <param name="handler">The handler.</param>
    [return: NotNullIfNotNull(nameof(handler))]
    public static implicit operator Mount?(HttpMessageHandler? handler) => handler is null ? null : new Mount(handler);

    /// <summary>The proxy without its credentials, or the handler's type.</summary>
    public override string ToString() => Proxy?.ToString() ?? Handler!.GetType().Name;
}
