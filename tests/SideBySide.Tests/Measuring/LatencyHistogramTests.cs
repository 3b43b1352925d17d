using System.Diagnostics;

namespace RequestsAsync.SideBySide.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Without_times_there_is_no_percentile() => Assert.Null(new LatencyHistogram().Percentile(0.5));

    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.99, 990)]
    [InlineData(1, 1000)]
    public void A_percentile_is_right_to_a_64th(double part, int expected)
    {
        LatencyHistogram histogram = new();
        for (int i = 1; i <= 1000; i++)
            histogram.Record(i * Stopwatch.Frequency / 1000);

        double milliseconds = histogram.Percentile(part)!.Value.TotalMilliseconds;
        Assert.InRange(milliseconds, expected, expected * (1 + (1.0 / 64)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(1_000_000_007)]
    [InlineData(long.MaxValue / 200)]
    public void Every_time_has_its_bucket(long ticks)
    {
        LatencyHistogram histogram = new();
        histogram.Record(ticks);

        double exact = Stopwatch.GetElapsedTime(0, ticks).Ticks;
        Assert.InRange(histogram.Percentile(0.5)!.Value.Ticks, exact, (exact * (1 + (1.0 / 64))) + 1);
    }

    [Fact]
    public void Cleared_it_begins_anew()
    {
        LatencyHistogram histogram = new();
        histogram.Record(5);
        histogram.Clear();

        Assert.Null(histogram.Percentile(0.5));
    }
}
