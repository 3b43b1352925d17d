using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>Measures the contenders of a scenario in turn, A B C A B C, so that what disturbs the machine for a while disturbs them all.</summary>
internal sealed class Rounds(ContenderRunner runner, RunOptions options, TextWriter progress)
{
    /// <summary>Measures one scenario at one number of connections.</summary>
    /// <returns>A row for everybody who is on this machine.</returns>
    public async Task<IReadOnlyList<Row>> MeasureAsync(Scenario scenario, int connections, CancellationToken cancellationToken)
    {
        Row[] rows = [.. scenario.At(connections, options).Where(runner.Has).Select(contender => new Row(scenario, connections, contender))];
        int rounds = scenario.Rounds(options);
        for (int round = 1; round <= rounds; round++)
        {
            foreach (Row row in rows)
                await MeasureAsync(row, string.Create(CultureInfo.InvariantCulture, $"{scenario.Name} at {connections}, round {round} of {rounds}"), cancellationToken);
        }

        return rows;
    }

    private async Task MeasureAsync(Row row, string where, CancellationToken cancellationToken)
    {
        try
        {
            Measurement measurement = await runner.MeasureAsync(row.Scenario, row.Connections, row.Contender, cancellationToken);
            row.Add(measurement);
            Metric first = row.Scenario.Metrics[0];
            await progress.WriteLineAsync($"{where}: {row.Contender.Name} {(first.Of(measurement) is { } figure ? $"{first.Write(figure)} {first.Heading}" : "done")}");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or TimeoutException)
        {
            row.Fail(e.Message);
            await progress.WriteLineAsync($"{where}: {row.Contender.Name} FAILED: {e.Message}");
        }
    }
}
