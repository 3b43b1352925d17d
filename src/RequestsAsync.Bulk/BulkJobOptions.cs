namespace RequestsAsync.Bulk;

/// <summary>A job on one machine: what is fetched, where it stands, and where the results go.</summary>
public sealed record BulkJobOptions
{
    /// <summary>The job's folder, which belongs to it alone.</summary>
    public required string Folder { get; init; }

    /// <summary>The output: a JSON object for each request, a line each.</summary>
    public required string Output { get; init; }

    /// <summary>Opens the input; the job disposes the stream. Gzip is told by its first bytes.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>How the input's lines are written.</summary>
    /// <value>Default: <see cref="InputFormat.Auto"/>.</value>
    public InputFormat InputFormat { get; init; }

    /// <summary>Whether a job that is in the folder goes on. Without it, it is an error that there is one; with it, a folder without a job begins one.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Resume { get; init; }

    /// <summary>How many requests may wait before the input is read no further, as long as the worker has enough to do.</summary>
    /// <value>Default: 100,000.</value>
    public int ReadAhead { get; init; } = 100_000;

    /// <summary>How to fetch.</summary>
    public BulkOptions Fetching { get; init; } = new();

    /// <summary>Where contents go beside the output; the job does not dispose them.</summary>
    public IReadOnlyList<IBodySink> Bodies { get; init; } = [];

    /// <summary>The file of the report of this run, one page of HTML; <see langword="null"/> for none. It is written when the run ends, also by <see cref="BulkJob.Drain"/>.</summary>
    public string? Report { get; init; }

    /// <summary>How the frontier works.</summary>
    public LocalFrontierOptions Frontier { get; init; } = new();
}
