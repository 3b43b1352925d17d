namespace RequestsAsync.SideBySide;

/// <summary>What one process of one client measured; it prints it as one line of JSON.</summary>
internal sealed record Measurement
{
    /// <summary>How many requests were answered.</summary>
    public required long Requests { get; init; }

    /// <summary>How many of them failed, or brought a body of the wrong length. A measurement with any is void.</summary>
    public long Errors { get; init; }

    /// <summary>What the first of them was.</summary>
    public string? FirstError { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>CPU time of the process in user mode.</summary>
    public required double UserSeconds { get; init; }

    /// <summary>CPU time of the process in the kernel.</summary>
    public required double SystemSeconds { get; init; }

    /// <summary>What the process allocated on the managed heap; unknown for programs that are not .NET.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>The most memory that was resident while it measured.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>By how much the resident memory grew over that before the measurement.</summary>
    public long? GrowthBytes { get; init; }

    /// <summary>By how much the live objects of the managed heap grew.</summary>
    public long? LiveBytes { get; init; }

    /// <summary>The time within which half of the requests were answered, in microseconds.</summary>
    public double? P50Micros { get; init; }

    /// <summary>The time within which 99 of 100 requests were answered, in microseconds.</summary>
    public double? P99Micros { get; init; }
}
