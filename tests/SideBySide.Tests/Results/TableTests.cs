namespace RequestsAsync.SideBySide.Tests;

public sealed class TableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell()
    {
        TextTable table = new("client", "req/s");
        table.Add("requests-sync", "9");
        table.Add("wrk", "100,000");

        Assert.Equal("client           req/s\nrequests-sync        9\nwrk            100,000", table.ToString());
    }

    [Fact]
    public void A_row_has_a_cell_for_every_column() => Assert.Throws<ArgumentException>(() => new TextTable("client", "req/s").Add("wrk"));

    [Fact]
    public void Every_figure_has_its_ratio_beside_it_and_what_is_lacking_a_dash()
    {
        string[] lines = ScenarioTable.Of([Samples.Row(Contenders.ThisLibrary, 18), Samples.Row(Contenders.TunedHttpClient, 20)]).Split('\n');

        Assert.Equal("small at 64: GET of 150 bytes, read as text (× httpclient, medians of 1 rounds)", lines[0]);
        Assert.StartsWith("client        req/s     ×  CPU µs     ×", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("requests    500,000  1.00    18.0  0.90", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("-  -", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_failed_stands_below()
    {
        Row row = Samples.Row(Contenders.ThisLibrary);
        row.Fail("it hung");

        Assert.EndsWith("\nFAILED requests: it hung", ScenarioTable.Of([row]), StringComparison.Ordinal);
    }
}
