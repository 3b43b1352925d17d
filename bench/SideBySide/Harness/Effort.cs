namespace RequestsAsync.SideBySide;

/// <summary>How thoroughly a run measures.</summary>
/// <param name="Name">Its name in the results' file names.</param>
/// <param name="IsQuick">Whether the slower peers are measured in the most important table only.</param>
/// <param name="Rounds">How often everybody is measured.</param>
/// <param name="WarmUp">The least that a client does the same before it is measured; see <see cref="SideBySide.WarmUp"/>.</param>
/// <param name="Measured">How long it is measured.</param>
/// <param name="ColdStarts">How often a command is started.</param>
internal sealed record Effort(string Name, bool IsQuick, int Rounds, TimeSpan WarmUp, TimeSpan Measured, int ColdStarts)
{
    public static readonly Effort Quick = new("quick", IsQuick: true, Rounds: 2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.7), ColdStarts: 10);

    public static readonly Effort Full = new("full", IsQuick: false, Rounds: 5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), ColdStarts: 20);
}
