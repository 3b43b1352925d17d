namespace RequestsAsync.Bulk;

/// <summary>How many times were how long, in classes that each reach an eighth of an octave: a percentile is off by less than a twentieth, whatever the number of times.</summary>
internal sealed class LatencyHistogram
{
    /// <summary>How many classes double the time.</summary>
    public const int ClassesPerOctave = 8;

    private const int FirstOctave = 5; // 32 microseconds: what is faster is in the first class
    private const int Octaves = 27; // to somewhat more than an hour: what is slower is in the last
    private readonly long[] _counts = new long[Octaves * ClassesPerOctave];
    private long _ticks;

    /// <summary>How many times were added.</summary>
    public long Count { get; private set; }

    /// <summary>The shortest.</summary>
    public TimeSpan Shortest { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The longest.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Their mean; zero where there are none.</summary>
    public TimeSpan Mean => Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_ticks / Count);

    /// <summary>How many there are in each class.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Adds a time.</summary>
    public void Add(TimeSpan time)
    {
        _counts[ClassOf(time)]++;
        Count++;
        _ticks += time.Ticks;
        if (time < Shortest) Shortest = time;
        if (time > Longest) Longest = time;
    }

    /// <summary>Where a class begins.</summary>
    public static TimeSpan StartOf(int index) => TimeSpan.FromMicroseconds(Math.Pow(2, FirstOctave + ((double)index / ClassesPerOctave)));

    /// <summary>The time that a share of all are not longer than; zero where there are none.</summary>
    /// <param name="share">Between 0 and 1.</param>
    public TimeSpan Percentile(double share)
    {
        if (Count == 0) return TimeSpan.Zero;
        double rank = Math.Max(1, share * Count);
        long before = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0 || before + _counts[i] < rank)
            {
                before += _counts[i];
                continue;
            }

            // Within a class times are taken to lie evenly, and none lies outside of what was seen.
            TimeSpan start = StartOf(i), time = start + ((StartOf(i + 1) - start) * ((rank - before) / _counts[i]));
            return time < Shortest ? Shortest : time > Longest ? Longest : time;
        }

        return Longest;
    }

    private int ClassOf(TimeSpan time)
    {
        double microseconds = Math.Max(1, time.TotalMicroseconds);
        return Math.Clamp((int)((Math.Log2(microseconds) - FirstOctave) * ClassesPerOctave), 0, _counts.Length - 1);
    }
}
