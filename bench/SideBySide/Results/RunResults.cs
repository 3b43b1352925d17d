namespace RequestsAsync.SideBySide;

/// <summary>Everything that a run measured.</summary>
internal sealed class RunResults
{
    private readonly List<Row> _rows = [];

    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>Whether every round of everybody brought figures.</summary>
    public bool IsWhole => _rows.TrueForAll(static row => row.Failures.Count == 0);

    public void AddRange(IEnumerable<Row> rows) => _rows.AddRange(rows);

    /// <summary>What a contender reached; <see langword="null"/> if it did not take part.</summary>
    public Row? Find(string scenario, int connections, Contender contender) =>
        _rows.Find(row => row.Scenario.Name == scenario && row.Connections == connections && row.Contender == contender);

    /// <summary>Whom a row is compared to.</summary>
    public Row? BaseOf(Row row) => Find(row.Scenario.Name, row.Connections, row.Scenario.Base);
}
