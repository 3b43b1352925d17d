using System.Net;
using System.Net.Sockets;

namespace RequestsAsync;

/// <summary>How a session finds hosts, connects to them, and keeps connections.</summary>
/// <remarks>The session reads them when it is made; changing <see cref="Hosts"/> afterwards changes nothing.</remarks>
public sealed class ConnectionOptions
{
    private static readonly TimeSpan MinAttemptDelay = TimeSpan.FromMilliseconds(10); // RFC 8305 §8

    /// <summary>Who resolves host names.</summary>
    /// <value>Default: <see cref="RequestsAsync.Resolver.System"/>.</value>
    public Resolver Resolver { get; init; } = Resolver.System;

    /// <summary>
    /// Addresses of hosts that are not to be looked up, as with curl's <c>--resolve</c>. Keys are <c>host</c>, <c>host:port</c> or <c>*</c>,
    /// values lists of IP addresses: <c>Hosts = { ["api.example.com"] = ["10.0.0.5"], ["api.example.com:8443"] = ["127.0.0.1"] }</c>.
    /// </summary>
    /// <value>Default: empty.</value>
    /// <remarks>
    /// A host counts before <c>*</c>, and with its port before without. Hosts that are addresses themselves can be replaced too.
    /// The URL, and with it <c>Host</c> and the name in the certificate, stay what they are.
    /// </remarks>
    public IDictionary<string, IReadOnlyList<string>> Hosts { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>The address of this machine that connections begin at. Hosts are then reached by its family alone, IPv4 or IPv6.</summary>
    /// <value>Default: <see langword="null"/>, the platform chooses.</value>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>The path of a Unix domain socket that every connection goes to, whatever the host in the URL: a local daemon such as Docker's.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    /// <remarks>
    /// No name is resolved then, no <see cref="AddressPolicy"/> is asked, and <see cref="Hosts"/>, <see cref="LocalAddress"/>,
    /// <see cref="AddressFamily"/> and <see cref="KeepAlive"/> have no say. As with curl's <c>--unix-socket</c>, https URLs still use TLS.
    /// </remarks>
    public string? UnixSocket { get; init; }

    /// <summary>
    /// The one family of addresses to use: <see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>, as curl's <c>-4</c> and <c>-6</c>.
    /// </summary>
    /// <value>Default: <see langword="null"/>, both.</value>
    public AddressFamily? AddressFamily { get; init; }

    /// <summary>How long the attempt to connect to one address has before that to the next begins beside it (RFC 8305 §5); 10 ms at least.</summary>
    /// <value>Default: 250 ms.</value>
    public TimeSpan AttemptDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>TCP keep-alive; <see langword="null"/> turns it off.</summary>
    /// <value>Default: on, a dead peer is noticed after two minutes.</value>
    public TcpKeepAlive? KeepAlive { get; init; } = new();

    /// <summary>How long a connection that no request uses is kept; zero keeps none, <see cref="Timeouts.Infinite"/> has no limit.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How old a connection may get before no further request uses it, so that a host that has moved is noticed; <see cref="Timeouts.Infinite"/> has no limit.
    /// </summary>
    /// <value>Default: 15 minutes.</value>
    public TimeSpan MaxLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the addresses of a host are kept; zero keeps none, <see cref="Timeouts.Infinite"/> has no limit.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan DnsLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The family that is left by all options.</summary>
    internal AddressFamily? UsedFamily => AddressFamily ?? LocalAddress?.AddressFamily;

    /// <exception cref="InvalidRequestException">An option makes no sense.</exception>
    internal void Check()
    {
        if (Resolver is null) throw new InvalidRequestException("Resolver is null: Resolver.System is the platform's.");
        if (Hosts is null) throw new InvalidRequestException("Hosts is null: leave it empty.");
        _ = new HostOverrides(Hosts);

        if (AddressFamily is not (null or System.Net.Sockets.AddressFamily.InterNetwork or System.Net.Sockets.AddressFamily.InterNetworkV6))
            throw new InvalidRequestException($"AddressFamily is {AddressFamily}: it must be InterNetwork (IPv4), InterNetworkV6 (IPv6), or null for both.");
        if (LocalAddress is { } local && local.AddressFamily != UsedFamily)
            throw new InvalidRequestException($"LocalAddress is {local}, which is not of the AddressFamily {AddressFamily}.");
        if (UnixSocket is { } path) CheckPath(path);

        if (AttemptDelay < MinAttemptDelay) throw new InvalidRequestException($"AttemptDelay is {AttemptDelay}: it must be 10 ms or more.");
        CheckTime(AttemptDelay, nameof(AttemptDelay));
        CheckTime(IdleTimeout, nameof(IdleTimeout));
        CheckTime(MaxLifetime, nameof(MaxLifetime));
        CheckTime(DnsLifetime, nameof(DnsLifetime));
        KeepAlive?.Check();
    }

    private static void CheckPath(string path)
    {
        if (!Socket.OSSupportsUnixDomainSockets) throw new InvalidRequestException("UnixSocket is set, and this platform has no Unix domain sockets.");
        try
        {
            _ = new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentException e)
        {
            throw new InvalidRequestException($"UnixSocket is '{path}', which is empty or longer than the platform takes.", e);
        }
    }

    private static void CheckTime(TimeSpan time, string name)
    {
        if (time == Timeouts.Infinite) return;
        if (time < TimeSpan.Zero || time.TotalMilliseconds > uint.MaxValue - 1)
            throw new InvalidRequestException($"{name} is {time}: it must not be negative and must be under 49 days.");
    }
}
