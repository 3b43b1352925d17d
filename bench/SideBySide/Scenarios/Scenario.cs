namespace RequestsAsync.SideBySide;

/// <summary>One thing in which clients are compared.</summary>
/// <param name="Name">Its name in results and on the command line.</param>
/// <param name="Title">What is done, in a line.</param>
/// <param name="Shape">What the requests are like.</param>
/// <param name="Connections">How many are under way at once; one table for each number.</param>
/// <param name="Base">Whom the others are compared to.</param>
/// <param name="Contenders">Who takes part, in the order of the table.</param>
/// <param name="Metrics">What the table shows.</param>
internal sealed record Scenario(
    string Name,
    string Title,
    LoadShape Shape,
    IReadOnlyList<int> Connections,
    Contender Base,
    IReadOnlyList<Contender> Contenders,
    IReadOnlyList<Metric> Metrics)
{
    /// <summary>The path that is asked for.</summary>
    public string Path { get; init; } = "/small";

    /// <summary>How long its body is.</summary>
    public int BodyLength { get; init; } = Document.Text.Length;

    /// <summary>How the server is spoken to.</summary>
    public SiteProtocol Protocol { get; init; }

    /// <summary>The number of connections at which also a quick run compares everybody.</summary>
    public int? Focus { get; init; }

    /// <summary>Who takes part at a number of connections.</summary>
    /// <param name="connections">The number.</param>
    /// <param name="options">What the run was asked for; the base always takes part.</param>
    public IEnumerable<Contender> At(int connections, RunOptions options) => Contenders.Where(contender =>
        contender == Base
        || (connections <= contender.MaxConnections
            && options.Wants(contender)
            && (!options.Effort.IsQuick || connections == Focus || !contender.OnlyInFocus)));

    /// <summary>How often everybody is measured.</summary>
    public int Rounds(RunOptions options) => Shape == LoadShape.Command ? Math.Max(options.Rounds, options.Effort.ColdStarts) : options.Rounds;
}
