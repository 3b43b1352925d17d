namespace RequestsAsync.Bulk;

/// <summary>How many requests ended in each part of a run. It always has as many parts or fewer: when the run outgrows them each becomes twice as long.</summary>
internal sealed class ThroughputSeries
{
    /// <summary>How many parts there are at most.</summary>
    public const int MostParts = 200;

    private readonly long[] _done = new long[MostParts];
    private readonly long[] _errors = new long[MostParts];

    /// <summary>How long a part is: a second at first.</summary>
    public TimeSpan Step { get; private set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many parts have begun.</summary>
    public int Count { get; private set; }

    /// <summary>Those that ended in each part, those with errors included.</summary>
    public ReadOnlySpan<long> Done => _done.AsSpan(0, Count);

    /// <summary>Those that ended in each part with an error.</summary>
    public ReadOnlySpan<long> Errors => _errors.AsSpan(0, Count);

    /// <summary>Counts a request that has ended.</summary>
    /// <param name="at">When, since the run began.</param>
    /// <param name="isError">Whether with an error.</param>
    public void Add(TimeSpan at, bool isError)
    {
        int part = Reach(at);
        _done[part]++;
        if (isError) _errors[part]++;
    }

    /// <summary>Says that the run lasted until a time, also where nothing ended.</summary>
    /// <returns>The part of that time.</returns>
    public int Reach(TimeSpan at)
    {
        while (at.Ticks / Step.Ticks >= MostParts) Halve();
        int part = (int)(Math.Max(0, at.Ticks) / Step.Ticks);
        Count = Math.Max(Count, part + 1);
        return part;
    }

    private void Halve()
    {
        foreach (long[] counts in (ReadOnlySpan<long[]>)[_done, _errors])
        {
            for (int i = 0; i < MostParts / 2; i++) counts[i] = counts[2 * i] + counts[(2 * i) + 1];
            Array.Clear(counts, MostParts / 2, MostParts / 2);
        }

        Count = (Count + 1) / 2;
        Step *= 2;
    }
}
