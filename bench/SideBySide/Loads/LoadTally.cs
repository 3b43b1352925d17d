namespace RequestsAsync.SideBySide;

/// <summary>What a load has done: counted by its workers, each for itself, and added up at their ends.</summary>
internal sealed class LoadTally
{
    private long _requests;
    private long _errors;
    private string? _firstError;

    /// <summary>How many requests were sent.</summary>
    public long Requests => _requests;

    /// <summary>How many failed.</summary>
    public long Errors => _errors;

    /// <summary>What the first failure was.</summary>
    public string? FirstError => _firstError;

    /// <summary>How long each took; <see langword="null"/> for loads whose requests have no time of their own.</summary>
    public LatencyHistogram? Latencies { get; init; }

    public void Add(long requests) => Interlocked.Add(ref _requests, requests);

    /// <summary>Counts a body of the wrong length as a failure.</summary>
    public void Check(long length, long expected)
    {
        if (length != expected) Fail(FormattableString.Invariant($"a body of {length} bytes instead of {expected}"));
    }

    public void Fail(string error)
    {
        Interlocked.Increment(ref _errors);
        Interlocked.CompareExchange(ref _firstError, error, null);
    }

    /// <summary>Forgets what was counted: the warm-up.</summary>
    public void Clear()
    {
        _requests = 0;
        _errors = 0;
        _firstError = null;
        Latencies?.Clear();
    }
}
