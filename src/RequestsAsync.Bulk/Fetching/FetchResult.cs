namespace RequestsAsync.Bulk;

/// <summary>What came of one turn of a request: it is done, or goes on later, or elsewhere.</summary>
internal sealed class FetchResult
{
    /// <summary>The host that was asked.</summary>
    public required HostTurn Host { get; init; }

    /// <summary>The request.</summary>
    public required LeasedRequest Leased { get; init; }

    /// <summary>Its record; only that of a request that is done is written.</summary>
    public required BulkRecord Record { get; init; }

    /// <summary>The content, where it goes to a place beside the record.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>After what time it is to be tried again; <see langword="null"/> if it is done.</summary>
    public TimeSpan? Again { get; set; }

    /// <summary>How many attempts count by now.</summary>
    public int Attempts { get; set; }

    /// <summary>Where it goes on.</summary>
    public string? NextHost { get; set; }

    /// <summary>What its next holder is to know.</summary>
    public FetchState? State { get; set; }

    /// <summary>For how long nobody is to ask the host (Retry-After, 429, 503).</summary>
    public TimeSpan? Block { get; set; }

    /// <summary>Whether the network failed, not the server.</summary>
    public bool IsNetworkFailure { get; set; }

    /// <summary>Whether the host was asked, so that it is owed its delay, whatever came of it.</summary>
    public bool WasSent { get; set; }

    /// <summary>How long the first byte took; <see langword="null"/> without a response.</summary>
    public TimeSpan? Latency { get; set; }
}
