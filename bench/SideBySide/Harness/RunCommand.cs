using System.Diagnostics;

namespace RequestsAsync.SideBySide;

/// <summary>The whole run: servers, rounds, tables, goals, files.</summary>
internal static class RunCommand
{
    /// <returns>0, or 1 when a measurement failed. A goal that is missed is no failure.</returns>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        DateTimeOffset date = TimeProvider.System.GetUtcNow();
        Toolbox toolbox = await Toolbox.FindAsync(options, cancellationToken);
        if (toolbox.Nginx is not { } nginx)
        {
            await Console.Error.WriteLineAsync("nginx is not on this machine: apt-get install --no-install-recommends nginx-light");
            return 1;
        }

        Machine machine = Machine.This();
        await Console.Out.WriteLineAsync($"{machine}\n");
        RunResults results = new();
        await using (Site site = await Site.StartAsync(nginx, cancellationToken))
        await using (HoldingServerProcess holding = await HoldingServerProcess.StartAsync(cancellationToken))
        {
            ContenderRunner runner = new(toolbox, site, holding, options.Effort);
            Rounds rounds = new(runner, options, Console.Error);
            foreach (Scenario scenario in options.Scenarios)
            {
                foreach (int connections in scenario.Connections)
                {
                    IReadOnlyList<Row> rows = await rounds.MeasureAsync(scenario, connections, cancellationToken);
                    results.AddRange(rows);
                    await Console.Out.WriteLineAsync($"{ScenarioTable.Of(rows)}\n");
                }
            }
        }

        string[] leftOut = [.. options.Scenarios.SelectMany(static scenario => scenario.Contenders).Distinct().Where(contender => toolbox.ProgramOf(contender) is null).Select(static contender => contender.Name)];
        if (leftOut.Length > 0) await Console.Out.WriteLineAsync($"left out, for it is not on this machine: {string.Join(", ", leftOut)}\n");

        GoalOutcome[] goals = [.. Goals.All.Select(goal => goal.Judge(results)).OfType<GoalOutcome>()];
        foreach (GoalOutcome goal in goals)
            await Console.Out.WriteLineAsync(goal.ToString());

        ResultDocument document = ResultDocument.Of(date, options, machine, toolbox, leftOut, results, goals);
        string path = await document.SaveAsync(options.Output, cancellationToken);
        string chart = Path.ChangeExtension(path, ".svg");
        await File.WriteAllTextAsync(chart, Chart.Draw(results, $"{date:yyyy-MM-dd}, {machine.Processor}, {machine.Cores} cores, .NET {machine.Runtime}"), cancellationToken);
        await Console.Out.WriteLineAsync($"\n{path}\n{chart}\n{Stopwatch.GetElapsedTime(began):m\\:ss} minutes");
        return results.IsWhole ? 0 : 1;
    }
}
