namespace RequestsAsync.Bulk;

/// <summary>How far a worker is, at one moment.</summary>
public sealed record BulkProgress
{
    /// <summary>How long the worker has been running.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Requests that it has finished, with a response or an error.</summary>
    public long Done { get; init; }

    /// <summary>Responses by the first digit of their status: at 2 those of 2xx. It has six places; the first counts errors.</summary>
    public IReadOnlyList<long> ByClass { get; init; } = [];

    /// <summary>Errors by kind.</summary>
    public IReadOnlyDictionary<BulkErrorKind, long> Errors { get; init; } = new Dictionary<BulkErrorKind, long>();

    /// <summary>Attempts that are repeated.</summary>
    public long Retries { get; init; }

    /// <summary>The bytes of contents, decoded.</summary>
    public long Bytes { get; init; }

    /// <summary>Requests in flight now.</summary>
    public int InFlight { get; init; }

    /// <summary>How many may be in flight now.</summary>
    public int Limit { get; init; }

    /// <summary>Hosts that the worker holds now.</summary>
    public int Hosts { get; init; }
}
