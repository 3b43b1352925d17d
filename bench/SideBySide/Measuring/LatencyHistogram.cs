using System.Diagnostics;
using System.Numerics;

namespace RequestsAsync.SideBySide;

/// <summary>Counts times in buckets that are at most 1/64 wide of what they hold, so that recording allocates nothing. Safe for any number of threads.</summary>
internal sealed class LatencyHistogram
{
    private const int BitsOfBucket = 6;
    private const int BucketsOfPower = 1 << BitsOfBucket;

    private readonly int[] _counts = new int[(64 - BitsOfBucket + 1) * BucketsOfPower];

    /// <summary>Counts one time.</summary>
    /// <param name="ticks">The time, in ticks of <see cref="Stopwatch"/>; not negative.</param>
    public void Record(long ticks) => Interlocked.Increment(ref _counts[BucketOf(ticks)]);

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_counts);

    /// <summary>The time within which a part of all lies.</summary>
    /// <param name="part">The part: 0.5 for the median, 0.99 for the 99th percentile.</param>
    /// <returns>The upper end of its bucket; <see langword="null"/> when nothing was recorded.</returns>
    public TimeSpan? Percentile(double part)
    {
        long total = _counts.Sum(static count => (long)count);
        if (total == 0) return null;

        long rank = Math.Max(1, (long)Math.Ceiling(total * part));
        int bucket = 0;
        for (long seen = _counts[0]; seen < rank; seen += _counts[bucket])
            bucket++;
        return Stopwatch.GetElapsedTime(0, LastOf(bucket));
    }

    // Below 64 a bucket holds one value; from there on every power of two is cut into 64.
    private static int BucketOf(long ticks)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)ticks | 1) - BitsOfBucket);
        return (shift * BucketsOfPower) + (int)(ticks >> shift);
    }

    private static long LastOf(int bucket)
    {
        int shift = Math.Max(0, (bucket / BucketsOfPower) - 1);
        long first = bucket - ((long)shift * BucketsOfPower);
        return ((first + 1) << shift) - 1;
    }
}
