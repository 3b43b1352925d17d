using System.Globalization;
using System.Text.Json;

namespace RequestsAsync.SideBySide;

/// <summary>What a run leaves behind: a file of JSON.</summary>
internal sealed record ResultDocument
{
    public required DateTimeOffset Date { get; init; }

    /// <summary><c>quick</c> or <c>full</c>.</summary>
    public required string Mode { get; init; }

    public required double WarmUpSeconds { get; init; }

    public required double MeasuredSeconds { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>The versions of all programs and libraries.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Who is not on this machine.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    public required IReadOnlyList<ResultRow> Rows { get; init; }

    public required IReadOnlyList<ResultGoal> Goals { get; init; }

    public static ResultDocument Of(
        DateTimeOffset date, RunOptions options, Machine machine, Toolbox toolbox, IReadOnlyList<string> leftOut, RunResults results, IEnumerable<GoalOutcome> goals) => new()
        {
            Date = date,
            Mode = options.Effort.Name,
            WarmUpSeconds = options.Effort.WarmUp.TotalSeconds,
            MeasuredSeconds = options.Effort.Measured.TotalSeconds,
            Machine = machine,
            Versions = toolbox.Versions,
            LeftOut = leftOut,
            Rows = [.. results.Rows.Select(row => ResultRow.Of(row, results.BaseOf(row)))],
            Goals = [.. goals.Select(static goal => new ResultGoal(goal.Goal.ToString(), goal.Goal.Limit, goal.Reached, goal.IsHeld))],
        };

    /// <summary>Writes the file, by its date and mode. Those of earlier runs stay: the second of a day is <c>DATE-full-2.json</c>.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> SaveAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string name = string.Create(CultureInfo.InvariantCulture, $"{Date:yyyy-MM-dd}-{Mode}");
        string path = Path.Combine(folder, $"{name}.json");
        for (int run = 2; File.Exists(path); run++)
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{run}.json"));

        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, ResultJson.Default.ResultDocument) + "\n", cancellationToken);
        return path;
    }
}
