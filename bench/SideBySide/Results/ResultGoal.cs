namespace RequestsAsync.SideBySide;

/// <summary>A goal in the file of results.</summary>
/// <param name="Goal">In words.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Reached">The figure.</param>
/// <param name="Held">Whether that is enough.</param>
internal sealed record ResultGoal(string Goal, double Limit, double Reached, bool Held);
