namespace RequestsAsync;

/// <summary>How many of the latest requests failed. Counts in tenths of the window, the oldest of which is forgotten as a new one begins. Not thread-safe.</summary>
internal sealed class FailureWindow(TimeSpan length)
{
    private const int Buckets = 10;

    private readonly long _bucketLength = Math.Max(1, length.Ticks / Buckets);
    private readonly int[] _all = new int[Buckets];
    private readonly int[] _failed = new int[Buckets];
    private long _current;

    /// <summary>How many requests ended within the window.</summary>
    public int Total { get; private set; }

    /// <summary>How many of them failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Forgets what is too old.</summary>
    /// <param name="now">The time, in ticks of a clock that never goes back.</param>
    public void MoveTo(long now)
    {
        long bucket = now / _bucketLength;
        for (long passed = Math.Min(bucket - _current, Buckets); passed > 0; passed--)
        {
            _current++;
            Clear((int)(_current % Buckets));
        }

        _current = Math.Max(_current, bucket);
    }

    public void Add(long now, bool isFailure)
    {
        MoveTo(now);
        int index = (int)(_current % Buckets);
        _all[index]++;
        Total++;
        if (!isFailure) return;
        _failed[index]++;
        Failed++;
    }

    public void Clear()
    {
        for (int index = 0; index < Buckets; index++)
            Clear(index);
    }

    private void Clear(int index)
    {
        Total -= _all[index];
        Failed -= _failed[index];
        _all[index] = _failed[index] = 0;
    }
}
