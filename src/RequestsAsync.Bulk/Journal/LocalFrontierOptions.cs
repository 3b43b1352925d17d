namespace RequestsAsync.Bulk;

/// <summary>How a <see cref="LocalFrontier"/> works.</summary>
public sealed record LocalFrontierOptions
{
    /// <summary>How many bytes of memory the ids of requests may take, by which repetitions are known; beyond it they go to files in the job's folder. Each takes 16.</summary>
    /// <value>Default: 64 MiB, for some three million requests.</value>
    /// <remarks>Beside it, 12 bits of memory are taken for each id on the disk, so that a new one is told from those without a look at them.</remarks>
    public long DeduplicationMemory { get; init; } = 64 << 20;

    /// <summary>The clock that delays, blocks and leases go by.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long the journal grows at least before it is written anew without what is past.</summary>
    internal long CompactionBytes { get; init; } = 64 << 20;

    /// <summary>Opens the files.</summary>
    internal Func<string, LogDevice> OpenDevice { get; init; } = static path => new LogDevice(path);
}
