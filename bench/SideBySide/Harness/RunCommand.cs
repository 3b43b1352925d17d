using System.Diagnostics;
using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>The whole run: servers, rounds, tables, goals, files.</summary>
internal static class RunCommand
{
    /// <returns>0, or 1 when a measurement failed. A goal that is missed is no failure.</returns>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        Toolbox toolbox = await Toolbox.FindAsync(options, cancellationToken);
        if (toolbox.Nginx is null)
        {
            await Console.Error.WriteLineAsync("nginx is not on this machine: apt-get install --no-install-recommends nginx-light");
            return 1;
        }

        Machine machine = Machine.This();
        await Console.Out.WriteLineAsync($"{machine}\n");
        string[] leftOut = LeftOut(options, toolbox);
        if (leftOut.Length > 0) await Console.Out.WriteLineAsync($"left out, for it is not on this machine: {string.Join(", ", leftOut)}\n");

        RunResults results = await MeasureAsync(options, toolbox, cancellationToken);
        GoalOutcome[] goals = [.. Goals.All.Select(goal => goal.Judge(results)).OfType<GoalOutcome>()];
        foreach (GoalOutcome goal in goals)
            await Console.Out.WriteLineAsync(goal.ToString());

        ResultDocument document = ResultDocument.Of(TimeProvider.System.GetUtcNow(), options, machine, toolbox, leftOut, results, goals);
        string path = await document.SaveAsync(options.Output, cancellationToken);
        string chart = Path.ChangeExtension(path, ".svg");
        string note = string.Create(CultureInfo.InvariantCulture, $"{document.Date:yyyy-MM-dd}, {machine.Processor}, {machine.Cores} cores, .NET {machine.Runtime}");
        await File.WriteAllTextAsync(chart, Chart.Draw(results, note), cancellationToken);
        await Console.Out.WriteLineAsync($"\n{path}\n{chart}");
        await Console.Error.WriteLineAsync($"it took {Stopwatch.GetElapsedTime(began):m\\:ss} minutes");
        return results.IsWhole ? 0 : 1;
    }

    private static async Task<RunResults> MeasureAsync(RunOptions options, Toolbox toolbox, CancellationToken cancellationToken)
    {
        RunResults results = new();
        await using Site site = await Site.StartAsync(toolbox.Nginx!, cancellationToken);
        await using HoldingServerProcess holding = await HoldingServerProcess.StartAsync(cancellationToken);
        Rounds rounds = new(new ContenderRunner(toolbox, site, holding, options.Effort), options, Console.Error);
        foreach (Scenario scenario in options.Scenarios)
        {
            foreach (int connections in scenario.Connections)
            {
                IReadOnlyList<Row> rows = await rounds.MeasureAsync(scenario, connections, cancellationToken);
                if (rows.Count == 0) continue;

                results.AddRange(rows);
                await Console.Out.WriteLineAsync($"{ScenarioTable.Of(rows)}\n");
            }
        }

        return results;
    }

    private static string[] LeftOut(RunOptions options, Toolbox toolbox) =>
    [
        .. options.Scenarios
            .SelectMany(static scenario => scenario.Contenders)
            .Distinct()
            .Where(contender => options.Wants(contender) && toolbox.ProgramOf(contender) is null)
            .Select(static contender => contender.Name),
    ];
}
