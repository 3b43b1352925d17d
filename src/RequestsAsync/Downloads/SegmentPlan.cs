namespace RequestsAsync;

/// <summary>Cuts what is missing of a file into parts that are fetched at once.</summary>
internal static class SegmentPlan
{
    /// <summary>The parts, in their order.</summary>
    /// <param name="gaps">What is missing.</param>
    /// <param name="count">How many parts are wanted at least, where it is worth it.</param>
    /// <param name="threshold">How much must be missing for anything to be cut.</param>
    public static List<ByteRange> Of(List<ByteRange> gaps, int count, long threshold)
    {
        long missing = 0;
        foreach (ByteRange gap in gaps) missing += gap.Length;
        if (gaps.Count == 0 || gaps[^1].End == ByteRange.Unknown || missing < threshold) return gaps;

        // No part longer than an equal share: one gap gives equal parts, and of several the long ones are cut.
        long share = Math.Max(1, (missing + count - 1) / count);
        List<ByteRange> parts = [];
        foreach (ByteRange gap in gaps)
        {
            for (long start = gap.Start; start < gap.End; start += share)
                parts.Add(new(start, Math.Min(start + share, gap.End)));
        }

        return parts;
    }
}
