namespace RequestsAsync.Bulk;

/// <summary>Where a worker's results go beside the frontier.</summary>
public sealed record BulkOutputs
{
    /// <summary>The file of JSON lines; <see langword="null"/> for none: the records then go to the frontier.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the file must be there already, as that of a job that goes on.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool MustExist { get; init; }

    /// <summary>The file of the report of this run, one page of HTML; <see langword="null"/> for none. It is written when the run ends, also by <see cref="BulkWorker.Drain"/>.</summary>
    public string? Report { get; init; }

    /// <summary>Where contents go; the worker does not dispose them.</summary>
    public IReadOnlyList<IBodySink> Bodies { get; init; } = [];
}
