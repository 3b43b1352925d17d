namespace RequestsAsync.Bulk;

/// <summary>What a report needs to know of a run beside its results.</summary>
internal sealed record ReportRun
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>How the job stood before.</summary>
    public required FrontierStats Before { get; init; }

    /// <summary>How it stands now.</summary>
    public required FrontierStats After { get; init; }

    /// <summary>What the worker did.</summary>
    public required BulkSummary Summary { get; init; }

    /// <summary>How it fetched.</summary>
    public required BulkOptions Options { get; init; }
}
