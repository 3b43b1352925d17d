namespace RequestsAsync.Bulk.Tests;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    public void Percentiles_are_those_of_the_sorted_times_within_a_twentieth(double share)
    {
        LatencyHistogram histogram = new();
        Random random = new(7);
        double[] times = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Exp((random.NextDouble() * 8) - 1))]; // 0.4 ms to 1.1 s
        foreach (double time in times) histogram.Add(TimeSpan.FromMilliseconds(time));
        Array.Sort(times);

        double exact = times[(int)Math.Ceiling(share * times.Length) - 1];
        Assert.InRange(histogram.Percentile(share).TotalMilliseconds, exact * 0.95, exact * 1.05);
        Assert.Equal(times.Average(), histogram.Mean.TotalMilliseconds, 0.01);
        Assert.Equal(times[^1], histogram.Longest.TotalMilliseconds, 0.001);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(1)]
    [InlineData(60_000)]
    [InlineData(1e8)]
    public void A_single_time_is_every_percentile(double milliseconds)
    {
        LatencyHistogram histogram = new();
        histogram.Add(TimeSpan.FromMilliseconds(milliseconds));

        Assert.All((double[])[0, 0.5, 1], share => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), histogram.Percentile(share)));
        Assert.Equal(1, histogram.Counts.ToArray().Sum());
    }

    [Fact]
    public void Without_times_all_is_zero() => Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (new LatencyHistogram().Percentile(0.5), new LatencyHistogram().Mean));
}
