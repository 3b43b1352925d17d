namespace RequestsAsync.Bulk;

/// <summary>A host that one worker holds for some time, with some of its requests.</summary>
public sealed record HostLease
{
    /// <summary>Which lease it is.</summary>
    public required LeaseKey Key { get; init; }

    /// <summary>The requests, in the order of the queue. Those of an earlier call for the same lease are not told again.</summary>
    public required IReadOnlyList<LeasedRequest> Requests { get; init; }

    /// <summary>How long it lasts, counted from the call.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What the last holder wrote down for the next: robots.txt, the delay that was found. <see langword="null"/> where nobody did.</summary>
    public string? Notes { get; init; }
}
