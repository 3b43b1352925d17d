namespace RequestsAsync.BulkSimulation;

/// <summary>What is simulated.</summary>
internal sealed record SimulationOptions
{
    /// <summary>How many URLs.</summary>
    public long Urls { get; init; } = 100_000_000;

    /// <summary>How many hosts they are of; the sizes follow Zipf's law.</summary>
    public int Hosts { get; init; } = 200_000;

    /// <summary>How many URLs the largest hosts have.</summary>
    public int Largest { get; init; } = 100_000;

    /// <summary>How many workers.</summary>
    public int Workers { get; init; } = 1_000;

    /// <summary>How many hosts a worker holds at most.</summary>
    public int HostsPerWorker { get; init; } = 100;

    /// <summary>How many workers die or are stopped.</summary>
    public int Deaths { get; init; } = 2_000;

    /// <summary>In which time they do.</summary>
    public TimeSpan DeathsWithin { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How many of the requests fail once and are tried again.</summary>
    public double Failures { get; init; } = 0.005;

    /// <summary>The seed of all that is random.</summary>
    public int Seed { get; init; } = 1;
}
