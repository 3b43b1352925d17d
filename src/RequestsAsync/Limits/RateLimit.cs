using System.Threading.RateLimiting;

namespace RequestsAsync;

/// <summary>How many requests may be sent in a time. Those that come too early wait for their turn, in the order of arrival.</summary>
/// <remarks>
/// <para>
/// A number converts, <c>RateLimit = 10</c>: ten per second, in all. <c>new RateLimit(10) { Burst = 20, PerHost = true }</c> gives every host its own,
/// <c>RateLimit.Per(5000, TimeSpan.FromHours(1))</c> counts by the hour, and <see cref="From(RateLimiter)"/> takes any limiter of <c>System.Threading.RateLimiting</c>.
/// </para>
/// <para>
/// What counts is every sending: redirects, retries and rounds of authentication as much as first attempts. Limits are kept by the session, not by the process.
/// </para>
/// </remarks>
public sealed record RateLimit
{
    /// <summary>So many per second, one after the other.</summary>
    /// <param name="perSecond">How many, more than 0. Fractions count: 0.2 is one in five seconds.</param>
    public RateLimit(double perSecond) => PerSecond = perSecond;

    /// <summary>How many requests may be sent per second, in the long run.</summary>
    /// <value>More than 0; infinity where a limiter of your own decides.</value>
    public double PerSecond { get; init; }

    /// <summary>How many may be sent at once after a time in which none were: as many as the unused time would have allowed, up to this.</summary>
    /// <value>Default: 1. Requests are spaced evenly, as exactly as timers are.</value>
    /// <remarks>With more, a single second can see as many more. Servers that count by fixed windows bear a burst only where it is part of what they allow.</remarks>
    public int Burst { get; init; } = 1;

    /// <summary>Whether every host, that is scheme, name and port, has a rate of its own; otherwise there is one for the session.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool PerHost { get; init; }

    /// <summary>A <see cref="RateLimiter"/>, or a <see cref="PartitionedRateLimiter{TResource}"/> of URLs.</summary>
    internal object? Limiter { get; private init; }

    /// <summary>So many in a time: <c>RateLimit.Per(100, TimeSpan.FromMinutes(1))</c>.</summary>
    /// <param name="count">How many, more than 0.</param>
    /// <param name="period">The time, longer than zero.</param>
    /// <returns>The limit. Its requests are spaced evenly over the time, unless <see cref="Burst"/> says otherwise.</returns>
    /// <exception cref="InvalidRequestException">The time is zero or negative.</exception>
    public static RateLimit Per(double count, TimeSpan period)
    {
        if (period <= TimeSpan.Zero) throw new InvalidRequestException($"The period of a rate limit is {period}: it must be longer than zero.");
        return new(count / period.TotalSeconds);
    }

    /// <summary>Asks a limiter of your own for a permit before every sending.</summary>
    /// <param name="limiter">The limiter. It may be shared between sessions, and none of them disposes it.</param>
    /// <returns>The limit.</returns>
    /// <remarks>
    /// The lease is held until the sending is over, so that a <see cref="ConcurrencyLimiter"/> works too. A refused lease is a <see cref="RateLimitException"/>.
    /// A blocking verb holds its thread until the limiter has answered; such a limiter has no blocking way of its own.
    /// </remarks>
    /// <exception cref="ArgumentNullException">There is no limiter.</exception>
    public static RateLimit From(RateLimiter limiter)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        return new(double.PositiveInfinity) { Limiter = limiter };
    }

    /// <summary>Asks a limiter of your own, which tells URLs apart, for a permit before every sending.</summary>
    /// <param name="limiter">The limiter; the URL it gets is that of the sending, so after a redirect the new one. It may be shared between sessions, and none of them disposes it.</param>
    /// <returns>The limit.</returns>
    /// <inheritdoc cref="From(RateLimiter)" path="/remarks"/>
    /// <exception cref="ArgumentNullException">There is no limiter.</exception>
    public static RateLimit From(PartitionedRateLimiter<Url> limiter)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        return new(double.PositiveInfinity) { Limiter = limiter };
    }

    /// <summary>So many per second, one after the other, in all.</summary>
    /// <param name="perSecond">How many, more than 0.</param>
    public static implicit operator RateLimit(double perSecond) => new(perSecond);

    /// <exception cref="InvalidRequestException">A value is out of its range, or meant for a limiter of the user's own.</exception>
    internal void Check()
    {
        if (!(PerSecond > 0)) throw new InvalidRequestException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The rate limit is {PerSecond} per second: it must be more than 0."));
        if (Burst < 1) throw new InvalidRequestException($"The Burst of a rate limit is {Burst}: it must be 1 or more.");
        if (Limiter is not null && (PerHost || Burst != 1 || !double.IsPositiveInfinity(PerSecond)))
            throw new InvalidRequestException("PerSecond, Burst and PerHost mean nothing to a rate limiter of your own. To tell hosts apart, use RateLimit.From with a PartitionedRateLimiter<Url>.");
    }
}
