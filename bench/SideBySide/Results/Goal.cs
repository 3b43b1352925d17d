using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>Something that the figures are to hold.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Connections">The number of connections.</param>
/// <param name="Contender">Whose figure it is.</param>
/// <param name="Metric">Which figure.</param>
/// <param name="IsAtLeast">Whether <paramref name="Limit"/> is the least that is allowed, and not the most.</param>
/// <param name="Limit">The limit: a ratio, or a figure where there is nobody to compare to.</param>
/// <param name="Against">Whom the figure is compared to.</param>
internal sealed record Goal(string Scenario, int Connections, Contender Contender, Metric Metric, bool IsAtLeast, double Limit, Contender? Against)
{
    /// <summary>What is wanted, in words.</summary>
    public override string ToString()
    {
        string sign = IsAtLeast ? "≥" : "≤";
        string limit = Against is null ? Metric.Write(Limit) : string.Create(CultureInfo.InvariantCulture, $"{Limit:0.00} × {Against.Name}");
        return string.Create(CultureInfo.InvariantCulture, $"{Metric.Heading} of {Contender.Name} {sign} {limit} ({Scenario} at {Connections:#,0})");
    }

    /// <summary>Whether the figures hold it; <see langword="null"/> if they were not measured.</summary>
    public GoalOutcome? Judge(RunResults results)
    {
        Row? row = results.Find(Scenario, Connections, Contender);
        Spread? reached = Against is null ? row?.Of(Metric)
            : results.Find(Scenario, Connections, Against) is { } against ? row?.RatioTo(against, Metric)
            : null;
        return reached is null ? null : new GoalOutcome(this, reached.Median, IsAtLeast ? reached.Median >= Limit : reached.Median <= Limit);
    }
}
