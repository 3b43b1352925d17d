namespace RequestsAsync;

/// <summary>How long the phases of a request may take.</summary>
/// <remarks>
/// A <see cref="TimeSpan"/> converts to a total: <c>Timeout = TimeSpan.FromSeconds(3)</c>.
/// <see cref="Infinite"/> takes a limit away; one that is <see langword="null"/> keeps what the session says, and there the default.
/// A limit that is passed is a <see cref="RequestTimeoutException"/> which names its phase. All but <see cref="Total"/> begin anew for
/// each sending: after a redirect or a retry they have their whole time again.
/// </remarks>
public sealed record Timeouts
{
    /// <summary>No limit.</summary>
    public static readonly TimeSpan Infinite = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>The whole call: waiting, retries, redirects, and the body where it is read into memory.</summary>
    /// <value>Default: 100 seconds for buffered calls, none for streamed ones.</value>
    public TimeSpan? Total { get; init; }

    /// <summary>Finding the host's address, connecting, and what a proxy needs to open the way.</summary>
    /// <value>Default: 10 seconds.</value>
    public TimeSpan? Connect { get; init; }

    /// <summary>Shaking hands over TLS.</summary>
    /// <value>Default: as long as <see cref="Connect"/>.</value>
    public TimeSpan? Tls { get; init; }

    /// <summary>Handing the next 64 KiB of the request to the network. A source of content that is slow itself does not count.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan? Write { get; init; }

    /// <summary>Waiting for the next bytes of the response. As long as some come, this limit never ends a call; <see cref="Total"/> does.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan? Read { get; init; }

    /// <summary>Waiting for a place where <see cref="SessionOptions.Limits"/> bound the connections.</summary>
    /// <value>Default: none. Waiting is no failure, it is what a limit is for.</value>
    public TimeSpan? Pool { get; init; }

    /// <summary>A total limit.</summary>
    /// <param name="total">How long the whole call may take.</param>
    public static implicit operator Timeouts(TimeSpan total) => new() { Total = total };

    /// <summary>Refuses what no timer can hold.</summary>
    internal void Check()
    {
        Check(Total, nameof(Total));
        Check(Connect, nameof(Connect));
        Check(Tls, nameof(Tls));
        Check(Write, nameof(Write));
        Check(Read, nameof(Read));
        Check(Pool, nameof(Pool));
    }

    private static void Check(TimeSpan? limit, string name)
    {
        if (limit is not { } value || value == Infinite) return;
        if (value <= TimeSpan.Zero || value.TotalMilliseconds > uint.MaxValue - 1)
            throw new InvalidRequestException($"The {name} timeout is {value}: it must be positive and under 49 days, or Timeouts.Infinite for none.");
    }
}
