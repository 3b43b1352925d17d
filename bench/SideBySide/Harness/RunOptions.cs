namespace RequestsAsync.SideBySide;

/// <summary>What a run is asked for.</summary>
internal sealed record RunOptions
{
    /// <summary>The options without a value.</summary>
    public static readonly string[] Flags = ["--quick"];

    /// <summary>How thoroughly.</summary>
    public required Effort Effort { get; init; }

    /// <summary>How often everybody is measured.</summary>
    public required int Rounds { get; init; }

    /// <summary>In what.</summary>
    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    /// <summary>The names of those who take part; <see langword="null"/> for all.</summary>
    public IReadOnlyCollection<string>? Clients { get; init; }

    /// <summary>The folder for the results.</summary>
    public required string Output { get; init; }

    /// <summary>The built command of this project, for its cold start; <see langword="null"/> leaves it out.</summary>
    public string? Command { get; init; }

    /// <exception cref="FormatException">An option is wrong, or unknown.</exception>
    public static RunOptions Parse(Arguments arguments)
    {
        arguments.RefuseOthersThan("--quick", "--rounds", "--only", "--clients", "--out", "--command");
        Effort effort = arguments.Has("--quick") ? Effort.Quick : Effort.Full;
        int rounds = arguments.Number("--rounds") ?? effort.Rounds;
        if (rounds < 1) throw new FormatException("--rounds 0: at least one is needed.");
        IReadOnlyList<Scenario> scenarios = ScenarioList.Named(arguments.List("--only"));
        string[]? clients = arguments.List("--clients");
        foreach (string client in clients ?? [])
        {
            if (!ScenarioList.All.Any(scenario => scenario.Contenders.Any(contender => contender.Name == client))) throw new FormatException($"There is no client {client}.");
        }

        return new RunOptions
        {
            Effort = effort,
            Rounds = rounds,
            Scenarios = scenarios,
            Clients = clients,
            Output = arguments.Text("--out") ?? "results",
            Command = arguments.Text("--command"),
        };
    }

    /// <summary>Whether a contender takes part.</summary>
    public bool Wants(Contender contender) => Clients is null || Clients.Contains(contender.Name);
}
