namespace RequestsAsync.Cli;

/// <summary>What a demonstration found, row by row. Its cells are safe for a terminal.</summary>
internal sealed class ResultTable
{
    private readonly List<string[]> _rows = [];

    /// <param name="columns">The titles; one that begins with '>' is over numbers, which stand to the right.</param>
    public ResultTable(params string[] columns)
    {
        IsNumeric = Array.ConvertAll(columns, static title => title.StartsWith('>'));
        Titles = Array.ConvertAll(columns, static title => title.TrimStart('>'));
    }

    public string[] Titles { get; }

    public bool[] IsNumeric { get; }

    public IReadOnlyList<string[]> Rows => _rows;

    public void Add(params string[] cells) => _rows.Add(Array.ConvertAll(cells, TerminalText.Line));
}
