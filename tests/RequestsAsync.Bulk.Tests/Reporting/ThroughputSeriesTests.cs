namespace RequestsAsync.Bulk.Tests;

public sealed class ThroughputSeriesTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(199, 1, 199)]
    [InlineData(200, 1, 200)]
    [InlineData(201, 2, 101)]
    [InlineData(86_400, 512, 169)]
    public void A_run_is_cut_into_so_many_parts(int seconds, int step, int parts)
    {
        ThroughputSeries series = new();
        for (int second = 0; second < seconds; second++) series.Add(TimeSpan.FromSeconds(second + 0.5), isError: second % 10 == 0);

        Assert.Equal((TimeSpan.FromSeconds(step), parts), (series.Step, series.Count));
        Assert.Equal((seconds, (seconds + 9) / 10), (series.Done.ToArray().Sum(), series.Errors.ToArray().Sum()));
        Assert.All(series.Done.ToArray()[..^1], count => Assert.Equal(step, count));
    }

    [Fact]
    public void A_pause_is_seen()
    {
        ThroughputSeries series = new();
        series.Add(TimeSpan.Zero, isError: false);
        series.Add(TimeSpan.FromHours(1), isError: false);
        series.Reach(TimeSpan.FromHours(2));

        long[] done = series.Done.ToArray();
        Assert.Equal((2, 1, 0), (done.Sum(), done[0], done[^1]));
        Assert.InRange(series.Count, 100, 200);
    }
}
