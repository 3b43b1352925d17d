namespace RequestsAsync;

/// <summary>Which way a request goes: by its own proxy, else by a mount, else by the session's proxy, else by that of the environment, else directly.</summary>
/// <param name="session">The session's proxy.</param>
/// <param name="mounts">The session's mounts.</param>
/// <param name="environment">What the environment says, where it is heard.</param>
/// <remarks>
/// <c>NO_PROXY</c> takes hosts out of what the environment names, and of nothing else: a proxy that the program names is meant, as in requests and httpx
/// (curl differs).
/// </remarks>
internal sealed class ProxySelector(Proxy? session, Mounts? mounts, ProxyEnvironment? environment)
{
    private static readonly Mount Direct = Proxy.None;

    private readonly Mount? _session = session;

    /// <summary>Whether some request of the session may go through a proxy. If so, credentials for one are held back from every host.</summary>
    public bool KnowsProxies => session is { IsNone: false } || mounts is not null || environment is { NamesAny: true };

    /// <summary>The way to the URL; <see cref="Proxy.None"/> for the direct one.</summary>
    /// <param name="url">Where the request goes.</param>
    /// <param name="own">The request's own proxy.</param>
    /// <exception cref="InvalidRequestException">The variable of the environment that counts here names no proxy.</exception>
    public Mount Select(Url url, Proxy? own) =>
        own ?? mounts?.Find(url) ?? _session ?? environment?.Find(url.Scheme, url.Host, url.Port)?.Proxy ?? Direct;
}
