using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>The table of one scenario at one number of connections: every figure, and beside it how it compares.</summary>
internal static class ScenarioTable
{
    private const string Nothing = "-";

    /// <summary>The table with its title.</summary>
    /// <param name="rows">The contenders, all of one scenario.</param>
    public static string Of(IReadOnlyList<Row> rows)
    {
        Scenario scenario = rows[0].Scenario;
        Row? @base = rows.FirstOrDefault(row => row.Contender == scenario.Base);
        TextTable table = new(["client", .. scenario.Metrics.SelectMany(static metric => (string[])[metric.Heading, "×"])]);
        foreach (Row row in rows)
            table.Add([row.Contender.Name, .. scenario.Metrics.SelectMany(metric => Cells(row, @base, metric))]);

        string title = string.Create(CultureInfo.InvariantCulture, $"{scenario.Name} at {rows[0].Connections:#,0}: {scenario.Title} (× {scenario.Base.Name}, medians of {rows.Max(static row => row.Measured)} rounds)");
        IEnumerable<string> failures = rows.SelectMany(static row => row.Failures.Select(why => $"FAILED {row.Contender.Name}: {why}"));
        return string.Join('\n', [title, table.ToString(), .. failures]);
    }

    private static string[] Cells(Row row, Row? @base, Metric metric)
    {
        string figure = row.Of(metric) is { } spread ? metric.Write(spread.Median) : Nothing;
        string ratio = @base is not null && row.RatioTo(@base, metric) is { } compared ? compared.Median.ToString("0.00", CultureInfo.InvariantCulture) : Nothing;
        return [figure, ratio];
    }
}
