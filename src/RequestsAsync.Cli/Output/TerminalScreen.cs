using System.Globalization;
using Spectre.Console;

namespace RequestsAsync.Cli;

/// <summary>Bars that move and tables with lines, for a terminal.</summary>
internal sealed class TerminalScreen(StandardStreams streams) : IDemoScreen
{
    private const int NarrowWidth = 70;

    private readonly IAnsiConsole _console = TerminalOutput.Open(streams.Text, () => streams.Width, streams.WantsColors);

    public void Say(string line) => _console.WriteLine(TerminalText.Line(line));

    public Task FollowAsync(string title, int total, Func<IProgress<DemoProgress>, Task> work) => _console
        .Progress()
        .Columns(_console.Profile.Width < NarrowWidth
            ? [new TaskDescriptionColumn { Alignment = Justify.Left }]
            : [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = null }, new ElapsedTimeColumn()])
        .StartAsync(async context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: total);
            await work(new Bar(task, title, total)).ConfigureAwait(false);
        });

    public void Show(ResultTable table)
    {
        Table lined = new() { Border = TableBorder.Rounded };
        for (int i = 0; i < table.Titles.Length; i++)
            lined.AddColumn(new TableColumn(new Text(table.Titles[i])) { Alignment = table.IsNumeric[i] ? Justify.Right : Justify.Left });
        foreach (string[] row in table.Rows)
            lined.AddRow(row.Select(static cell => new Text(cell)));
        _console.Write(lined);
    }

    private sealed class Bar(ProgressTask task, string title, int total) : IProgress<DemoProgress>
    {
        public void Report(DemoProgress value)
        {
            task.Value = value.Completed;
            task.Description = string.Create(CultureInfo.InvariantCulture, $"{Markup.Escape(title)} {value.Completed}/{total}, {value.Ticks} ticks");
        }
    }
}
