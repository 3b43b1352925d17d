namespace RequestsAsync.Bulk;

/// <summary>What a report says of a run, gathered while it runs, in memory that does not grow with it. Used by the worker's loop alone.</summary>
internal sealed class RunReport
{
    /// <summary>How many ended over time.</summary>
    public ThroughputSeries Throughput { get; } = new();

    /// <summary>How long the first byte of responses took.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>How slow hosts are.</summary>
    public HostLatencies Hosts { get; } = new();

    /// <summary>What the requests came to.</summary>
    public Outcomes Outcomes { get; } = new();

    /// <summary>Takes a result into account.</summary>
    /// <param name="host">The host that was asked.</param>
    /// <param name="result">The result.</param>
    /// <param name="at">When it came, since the run began.</param>
    public void Add(string host, FetchResult result, TimeSpan at)
    {
        if (result.Latency is { } latency) Latency.Add(latency);
        if (result.Latency is not null || result.IsNetworkFailure) Hosts.Add(host, result.Latency ?? result.Record.Elapsed, result.IsNetworkFailure);
        if (result.Again is not null) return;

        Throughput.Add(at, isError: result.Record.Error is not null);
        Outcomes.Add(result.Record);
    }
}
