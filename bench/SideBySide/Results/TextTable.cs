namespace RequestsAsync.SideBySide;

/// <summary>A table of plain text: the first column to the left, the others to the right.</summary>
/// <param name="headings">The names of the columns.</param>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [headings];

    /// <summary>Adds a row with a cell for every column.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length) throw new ArgumentException($"{cells.Length} cells for {headings.Length} columns.", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>The lines.</summary>
    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, headings.Length).Select(column => _rows.Max(row => row[column].Length))];
        return string.Join('\n', _rows.Select(row => string.Join(Gap, row.Select((cell, column) => Aligned(cell, column, widths[column]))).TrimEnd()));
    }

    private static string Aligned(string cell, int column, int width) => column == 0 ? cell.PadRight(width) : cell.PadLeft(width);
}
