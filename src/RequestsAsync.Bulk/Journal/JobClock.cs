namespace RequestsAsync.Bulk;

/// <summary>The time of a job, in ticks since it was opened. What somebody does to the clock on the wall changes nothing in it.</summary>
internal sealed class JobClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    internal TimeProvider Time => time;

    internal long Now => time.GetElapsedTime(_start).Ticks;

    /// <summary>By the clock on the wall: only for what is to be known after the process has ended.</summary>
    internal long UtcTicks => time.GetUtcNow().UtcTicks;

    internal static long Add(long now, TimeSpan span)
    {
        long ticks = Math.Max(0, span.Ticks);
        return ticks > long.MaxValue - now ? long.MaxValue : now + ticks;
    }
}
