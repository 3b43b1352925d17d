namespace RequestsAsync.Bulk;

/// <summary>What holds for one host instead of what holds for all; <see langword="null"/> for what the job says.</summary>
public sealed record HostPolicy
{
    /// <summary>How many requests are in flight to it at most.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>How long it is left alone after each of its responses.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Whether its robots.txt is obeyed.</summary>
    public bool? ObeyRobots { get; init; }

    /// <summary>Whether it is not fetched from at all: its requests end with an error of the kind <see cref="BulkErrorKind.Blocked"/>.</summary>
    public bool IsBlocked { get; init; }
}
