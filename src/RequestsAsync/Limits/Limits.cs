namespace RequestsAsync;

/// <summary>How much a session does at once and in a time, and when it leaves a host alone that fails.</summary>
/// <remarks>
/// Every sending counts by itself: a redirect, a retry and a round of authentication are each held to the limits again.
/// Who has to wait is served in the order of arrival, and waits as long as the total time of the call allows.
/// </remarks>
public sealed record Limits
{
    internal const int DefaultMaxConnections = 200;

    /// <summary>How many requests of the session may be on the network at once, in all. Over HTTP/1.1 each of them has a connection of its own.</summary>
    /// <value>Default: <see langword="null"/>, 200. <see cref="int.MaxValue"/> takes the limit away.</value>
    /// <remarks>
    /// A value that is set holds for everything. The default holds no batch back (<c>GatherAsync</c> and its like), which has a
    /// <see cref="ConcurrencyOptions.MaxConcurrency"/> of its own, and does not count its requests.
    /// </remarks>
    public int? MaxConnections { get; init; }

    /// <summary>How many of them may go to one host: to the same scheme, name and port.</summary>
    /// <value>Default: <see langword="null"/>, as many as <see cref="MaxConnections"/> allows.</value>
    /// <remarks>Requests that wait for a busy host hold back none that go elsewhere.</remarks>
    public int? MaxConnectionsPerHost { get; init; }

    /// <summary>How many requests may be sent in a time. A number converts: <c>RateLimit = 10</c> is ten per second, in all.</summary>
    /// <value>Default: <see langword="null"/>, any number.</value>
    public RateLimit? RateLimit { get; init; }

    /// <summary>When a host that fails is left alone for a while; <c>CircuitBreaker = new()</c> has sensible values.</summary>
    /// <value>Default: <see langword="null"/>, never.</value>
    public CircuitBreaker? CircuitBreaker { get; init; }

    /// <exception cref="InvalidRequestException">A limit is out of its range.</exception>
    internal void Check()
    {
        Check(MaxConnections, nameof(MaxConnections));
        Check(MaxConnectionsPerHost, nameof(MaxConnectionsPerHost));
        RateLimit?.Check();
        CircuitBreaker?.Check();
    }

    private static void Check(int? limit, string name)
    {
        if (limit < 1) throw new InvalidRequestException($"{name} is {limit}: it must be 1 or more, or int.MaxValue for no limit.");
    }
}
