namespace RequestsAsync.Bulk;

/// <summary>How many requests and hosts of a job are in which state.</summary>
public sealed record FrontierStats
{
    /// <summary>How the job stands.</summary>
    public FrontierState State { get; init; }

    /// <summary>Whether the input has ended.</summary>
    public bool InputCompleted { get; init; }

    /// <summary>Requests that were added, without those that were known already.</summary>
    public long Added { get; init; }

    /// <summary>Requests that are done.</summary>
    public long Done { get; init; }

    /// <summary>Requests that a worker holds now.</summary>
    public long Leased { get; init; }

    /// <summary>Requests that wait, those whose time has not come included.</summary>
    public long Waiting => Added - Done - Leased;

    /// <summary>Hosts that have or had requests.</summary>
    public long Hosts { get; init; }

    /// <summary>Hosts that a worker holds now.</summary>
    public long LeasedHosts { get; init; }

    /// <summary>Hosts with waiting requests that may not be leased yet: blocked, or owed a delay.</summary>
    public long BlockedHosts { get; init; }

    /// <summary>The last line of the input that was taken in, also if it was a bad one or a repetition: a resumed job goes on after it. 0 for none.</summary>
    public long LastLine { get; init; }
}
