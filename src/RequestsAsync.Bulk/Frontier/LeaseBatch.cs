namespace RequestsAsync.Bulk;

/// <summary>What a call of <see cref="IFrontier.LeaseAsync"/> brought.</summary>
public sealed record LeaseBatch
{
    /// <summary>The hosts that were leased, and held ones with more of their requests: those that waited longest come first.</summary>
    public IReadOnlyList<HostLease> Hosts { get; init; } = [];

    /// <summary>How the job stands after the call.</summary>
    public FrontierState State { get; init; }

    /// <summary>After what time the next host that is not leased may be leased; <see langword="null"/> if there is none.</summary>
    public TimeSpan? NextReady { get; init; }

    /// <summary>Settlements that were refused, since their lease is not held any more: the request is, or was, somebody else's.</summary>
    public IReadOnlyList<Settlement> Refused { get; init; } = [];

    /// <summary>Leases in the query (settled, released or wanted more of) that are not held any more.</summary>
    public IReadOnlyList<LeaseKey> Lost { get; init; } = [];
}
