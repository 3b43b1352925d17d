namespace RequestsAsync.SideBySide;

/// <summary>Where the figures of several rounds lie.</summary>
/// <param name="Median">The one in the middle, or between the two in the middle.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
internal sealed record Spread(double Median, double Min, double Max)
{
    /// <summary>Of some figures; <see langword="null"/> when there are none.</summary>
    public static Spread? Of(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        if (sorted.Length == 0) return null;

        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>The same with so many decimals.</summary>
    public Spread Rounded(int decimals) => new(Math.Round(Median, decimals), Math.Round(Min, decimals), Math.Round(Max, decimals));
}
