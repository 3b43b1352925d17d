using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>What became of a goal.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Reached">The figure.</param>
/// <param name="IsHeld">Whether that is enough.</param>
internal sealed record GoalOutcome(Goal Goal, double Reached, bool IsHeld)
{
    public override string ToString()
    {
        string reached = Goal.Against is null ? Goal.Metric.Write(Reached) : Reached.ToString("0.000", CultureInfo.InvariantCulture);
        return $"goal: {Goal}: {reached} {(IsHeld ? "held" : "MISSED")}";
    }
}
