using Spectre.Console;

namespace RequestsAsync.Cli;

/// <summary>One bar for each file, on the terminal behind the error stream.</summary>
internal sealed class BarScreen(StandardStreams streams) : IDownloadScreen
{
    private const int LongestName = 32;
    private const int ShortestName = 8;

    // What the columns beside the name take with their gaps; where there is less, the last of them are left out.
    private const int FullWidth = 90;
    private const int HalfWidth = 60;

    private readonly IAnsiConsole _console = TerminalOutput.Open(streams.Error, () => streams.Width, streams.WantsErrorColors);
    private ProgressContext? _context;

    public Task ShowAsync(Func<Task> work) => _console
        .Progress()
        .Columns(ColumnsFor(streams.Width))
        .StartAsync(async context =>
        {
            _context = context;
            await work().ConfigureAwait(false);
        });

    public IDownloadLine Begin(string url) => new Bar(_context!.AddTask(Name(url), maxValue: 1), Name);

    private static ProgressColumn[] ColumnsFor(int width)
    {
        TaskDescriptionColumn name = new() { Alignment = Justify.Left };
        if (width < HalfWidth) return [name, new PercentageColumn(), new DownloadedColumn()];
        if (width < FullWidth) return [name, new ProgressBarColumn { Width = 16 }, new PercentageColumn(), new DownloadedColumn()];

        return [name, new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn()];
    }

    // The end of a long name tells more than its beginning.
    private string Name(string name)
    {
        int longest = Math.Clamp(streams.Width - HalfWidth + ShortestName + 4, ShortestName, LongestName);
        string safe = TerminalText.Line(name);
        return Markup.Escape(safe.Length <= longest ? safe : "…" + safe[^(longest - 1)..]);
    }

    private sealed class Bar : IDownloadLine
    {
        private readonly ProgressTask _task;
        private readonly Func<string, string> _name;
        private string _path = "";

        public Bar(ProgressTask task, Func<string, string> name)
        {
            _task = task;
            _name = name;
            task.IsIndeterminate = true;
        }

        public void Report(DownloadProgress value)
        {
            if (value.Path != _path) _task.Description = _name(Path.GetFileName(_path = value.Path));
            _task.IsIndeterminate = value.Total is null;
            _task.MaxValue = Math.Max(1, value.Total ?? value.Bytes + 1);
            _task.Value = value.Bytes;
        }

        public void End(DownloadResult result)
        {
            _task.IsIndeterminate = false;
            _task.Value = _task.MaxValue = Math.Max(1, result.Bytes);
            _task.StopTask();
        }

        public void Fail()
        {
            _task.Description = $"[red]{_task.Description}[/]";
            _task.IsIndeterminate = false;
            _task.StopTask();
        }
    }
}
