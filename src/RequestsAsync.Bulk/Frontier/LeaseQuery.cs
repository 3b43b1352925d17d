namespace RequestsAsync.Bulk;

/// <summary>What a worker gives back to the frontier, and what it wants from it.</summary>
public sealed record LeaseQuery
{
    /// <summary>Who asks. Two workers never have the same name.</summary>
    public required string Worker { get; init; }

    /// <summary>How long the leases last, unless they are renewed.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many hosts to lease at most; 0 to lease none.</summary>
    public int MaxHosts { get; init; }

    /// <summary>How many requests to lease with each host at most.</summary>
    /// <value>Default: 16.</value>
    public int MaxRequestsPerHost { get; init; } = 16;

    /// <summary>Hosts that are held already, and how many more of their requests are wanted; their leases last their full time again.</summary>
    public IReadOnlyList<KeyValuePair<LeaseKey, int>> More { get; init; } = [];

    /// <summary>What became of requests that were leased.</summary>
    public IReadOnlyList<Settlement> Settlements { get; init; } = [];

    /// <summary>Hosts that are given back. What of their leased requests was not settled returns to the front of the host's queue, in its order.</summary>
    public IReadOnlyList<HostRelease> Releases { get; init; } = [];

    /// <summary>
    /// How many bytes of the caller's output are durable, where it writes one file: the records of all that it settles here stand before that.
    /// <see langword="null"/> leaves it as it was.
    /// </summary>
    /// <remarks><see cref="LocalFrontier"/> keeps it in the same transaction (<see cref="LocalFrontier.CommittedOutput"/>); a frontier that keeps results itself does not.</remarks>
    public long? OutputPosition { get; init; }
}
