using System.Globalization;
using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Plain lines for a pipe, a file or a build log; few of them.</summary>
internal sealed class PlainScreen(TextWriter output) : IDemoScreen
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public void Say(string line) => output.WriteLine(TerminalText.Line(line));

    public async Task FollowAsync(string title, int total, Func<IProgress<DemoProgress>, Task> work)
    {
        Lines lines = new(output, title, total);
        await work(lines).ConfigureAwait(false);
        lines.Write();
    }

    public void Show(ResultTable table)
    {
        int[] widths = Array.ConvertAll(table.Titles, static title => title.Length);
        foreach (string[] row in table.Rows)
        {
            for (int i = 0; i < row.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }

        output.WriteLine(Format(table, table.Titles, widths));
        output.WriteLine(string.Join("  ", widths.Select(static width => new string('-', width))));
        foreach (string[] row in table.Rows)
            output.WriteLine(Format(table, row, widths));
    }

    private static string Format(ResultTable table, string[] cells, int[] widths)
    {
        StringBuilder line = new();
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0) line.Append("  ");
            line.Append(table.IsNumeric[i] ? cells[i].PadLeft(widths[i]) : cells[i].PadRight(widths[i]));
        }

        return line.ToString().TrimEnd();
    }

    private sealed class Lines(TextWriter output, string title, int total) : IProgress<DemoProgress>
    {
        private readonly long _started = TimeProvider.System.GetTimestamp();
        private TimeSpan _shown;
        private DemoProgress _last;

        private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_started);

        public void Report(DemoProgress value)
        {
            _last = value;
            if (Elapsed - _shown >= Interval && value.Completed < total) Write();
        }

        public void Write()
        {
            _shown = Elapsed;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {title}: {_last.Completed}/{total} after {_shown.TotalSeconds:0.0} s, {_last.Ticks} ticks"));
        }
    }
}
