namespace RequestsAsync.SideBySide.Tests;

public sealed class RowTests
{
    [Fact]
    public void Ratios_are_of_the_same_round()
    {
        Row mine = Samples.Row(Contenders.ThisLibrary, 10, 40, 30);
        Row theirs = Samples.Row(Contenders.TunedHttpClient, 20, 20, 20);

        Assert.Equal(new Spread(1.5, 0.5, 2), mine.RatioTo(theirs, Metric.Cpu));
        Assert.Equal(new Spread(30, 10, 40), mine.Of(Metric.Cpu));
    }

    [Fact]
    public void A_round_that_failed_on_either_side_gives_no_ratio()
    {
        Row mine = Samples.Row(Contenders.ThisLibrary, 10, 40);
        Row theirs = Samples.Row(Contenders.TunedHttpClient, 20);
        theirs.Fail("it hung");

        Assert.Equal(new Spread(0.5, 0.5, 0.5), mine.RatioTo(theirs, Metric.Cpu));
    }

    [Fact]
    public void A_measurement_with_errors_is_void_and_named()
    {
        Row row = Samples.Row(Contenders.ThisLibrary, 10);
        row.Add(new Measurement { Requests = 5, Errors = 1, FirstError = "reset", Seconds = 1, UserSeconds = 1, SystemSeconds = 1 });

        Assert.Equal(1, row.Measured);
        Assert.Contains("reset", Assert.Single(row.Failures), StringComparison.Ordinal);
        Assert.False(Samples.Results(row).IsWhole);
    }

    [Fact]
    public void What_was_not_measured_has_no_figure()
    {
        Row row = Samples.Row(Contenders.ThisLibrary, 10);

        Assert.Null(row.Of(Metric.Peak));
        Assert.Null(row.RatioTo(row, Metric.Peak));
    }
}
