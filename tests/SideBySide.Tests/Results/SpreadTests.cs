namespace RequestsAsync.SideBySide.Tests;

public sealed class SpreadTests
{
    [Theory]
    [InlineData(new[] { 4.0 }, 4, 4, 4)]
    [InlineData(new[] { 9.0, 1, 5 }, 5, 1, 9)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 2.5, 1, 4)]
    public void The_median_is_in_the_middle(double[] figures, double median, double min, double max) =>
        Assert.Equal(new Spread(median, min, max), Spread.Of(figures));

    [Fact]
    public void Of_nothing_there_is_none() => Assert.Null(Spread.Of([]));
}
