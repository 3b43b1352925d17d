namespace RequestsAsync.SideBySide;

/// <summary>What one contender reached in one scenario at one number of connections, round by round.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Connections">How many requests were under way at once.</param>
/// <param name="Contender">Who.</param>
internal sealed record Row(Scenario Scenario, int Connections, Contender Contender)
{
    private readonly List<Measurement?> _rounds = [];
    private readonly List<string> _failures = [];

    /// <summary>What went wrong, one line for each failed round.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>How many rounds were measured without an error.</summary>
    public int Measured => _rounds.Count(static round => round is not null);

    /// <summary>Adds the next round.</summary>
    public void Add(Measurement measurement)
    {
        if (measurement.Errors > 0)
            Fail($"{measurement.Errors} of {measurement.Requests} requests failed: {measurement.FirstError}");
        else if (measurement.Requests == 0)
            Fail("no request was answered");
        else
            _rounds.Add(measurement);
    }

    /// <summary>Adds the next round, which brought no figures.</summary>
    public void Fail(string why)
    {
        _rounds.Add(null);
        _failures.Add(why);
    }

    /// <summary>The figures of all rounds; <see langword="null"/> where there are none.</summary>
    public Spread? Of(Metric metric) => Spread.Of(_rounds.Select(round => Figure(round, metric)).OfType<double>());

    /// <summary>How the figures compare to another's of the same rounds; <see langword="null"/> where either lacks them.</summary>
    public Spread? RatioTo(Row other, Metric metric)
    {
        IEnumerable<double?> ratios = _rounds.Zip(other._rounds, (mine, theirs) => Figure(mine, metric) / Figure(theirs, metric));
        return Spread.Of(ratios.OfType<double>().Where(double.IsFinite));
    }

    private static double? Figure(Measurement? round, Metric metric) => round is null ? null : metric.Of(round);
}
