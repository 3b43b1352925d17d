namespace RequestsAsync.SideBySide;

/// <summary>A contender in the file of results.</summary>
/// <param name="Scenario">In what.</param>
/// <param name="Connections">How many requests were under way at once.</param>
/// <param name="Client">Who.</param>
/// <param name="Base">Whom the ratios are to.</param>
/// <param name="Rounds">How many rounds brought figures.</param>
/// <param name="Failures">What went wrong in the others.</param>
/// <param name="Metrics">The figures by their names.</param>
internal sealed record ResultRow(
    string Scenario, int Connections, string Client, string Base, int Rounds, IReadOnlyList<string> Failures, IReadOnlyDictionary<string, ResultFigure> Metrics)
{
    public static ResultRow Of(Row row, Row? @base)
    {
        Dictionary<string, ResultFigure> metrics = new(StringComparer.Ordinal);
        foreach (Metric metric in row.Scenario.Metrics)
        {
            if (row.Of(metric) is { } figure) metrics[metric.Name] = ResultFigure.Of(figure, @base is null ? null : row.RatioTo(@base, metric));
        }

        return new ResultRow(row.Scenario.Name, row.Connections, row.Contender.Name, row.Scenario.Base.Name, row.Measured, row.Failures, metrics);
    }
}
