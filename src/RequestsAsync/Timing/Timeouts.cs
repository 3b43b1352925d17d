namespace RequestsAsync;

/// <summary>How long the phases of a request may take.</summary>
/// <remarks>
/// A <see cref="TimeSpan"/> converts to a total: <c>Timeout = TimeSpan.FromSeconds(3)</c>.
/// <see cref="Infinite"/> takes a limit away; one that is <see langword="null"/> keeps the default.
/// A limit that is passed is a <see cref="RequestTimeoutException"/> which names its phase.
/// </remarks>
public sealed record Timeouts
{
    /// <summary>No limit.</summary>
    public static readonly TimeSpan Infinite = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>The whole call: waiting, redirects, and the body where it is read into memory.</summary>
    /// <value>Default: 100 seconds for buffered calls, none for streamed ones.</value>
    public TimeSpan? Total { get; init; }

    /// <summary>A total limit.</summary>
    /// <param name="total">How long the whole call may take.</param>
    public static implicit operator Timeouts(TimeSpan total) => new() { Total = total };

    /// <summary>Refuses what no timer can hold.</summary>
    internal void Check()
    {
        Check(Total, nameof(Total));
    }

    private static void Check(TimeSpan? limit, string name)
    {
        if (limit is not { } value || value == Infinite) return;
        if (value <= TimeSpan.Zero || value.TotalMilliseconds > uint.MaxValue - 1)
            throw new InvalidRequestException($"The {name} timeout is {value}: it must be positive and under 49 days, or Timeouts.Infinite for none.");
    }
}
