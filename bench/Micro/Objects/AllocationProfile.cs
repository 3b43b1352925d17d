namespace RequestsAsync.Micro;

/// <summary>Which objects a call allocates.</summary>
/// <param name="Bytes">How many bytes in all, exactly.</param>
/// <param name="Types">The types, the greatest share of the bytes first; their counts are estimates.</param>
internal sealed record AllocationProfile(double Bytes, IReadOnlyList<AllocatedType> Types)
{
    /// <summary>How many objects in all: for 40 objects and 200,000 calls within 1 in two cases of three, and within 3 nearly always.</summary>
    public double Objects => Types.Sum(static type => type.Objects);

    /// <summary>Makes a call many times, on the caller's thread.</summary>
    /// <param name="call">The call, which is complete when it returns: what it allocates elsewhere is not seen.</param>
    /// <param name="calls">How many times; a tenth of it comes before and does not count.</param>
    public static async ValueTask<AllocationProfile> MeasureAsync(Func<ValueTask<int>> call, int calls)
    {
        for (int i = 0; i < calls / 10; i++) await call();

        using AllocationSampler sampler = new();
        sampler.Start();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < calls; i++) await call();
        double bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        sampler.Stop();
        return Of(sampler.Samples, bytes, calls);
    }

    // The busiest thread is the one that made the calls. The last samples may still be on their way, which the bytes, counted exactly, make good.
    private static AllocationProfile Of(IReadOnlyCollection<AllocationSample> samples, double bytes, int calls)
    {
        List<AllocationSample> own = [.. samples.GroupBy(static sample => sample.Thread).MaxBy(static thread => thread.Count()) ?? Enumerable.Empty<AllocationSample>()];
        double scale = bytes / own.Sum(static sample => sample.Weight * sample.Size) / calls;
        return new(bytes / calls, [.. own
            .GroupBy(static sample => sample.Type, StringComparer.Ordinal)
            .Select(type => new AllocatedType(type.Key, scale * type.Sum(static sample => sample.Weight), scale * type.Sum(static sample => sample.Weight * sample.Size)))
            .OrderByDescending(static type => type.Bytes)]);
    }
}
