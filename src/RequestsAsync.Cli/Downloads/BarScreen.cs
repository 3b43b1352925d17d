using Spectre.Console;

namespace RequestsAsync.Cli;

/// <summary>One bar for each file, on the terminal behind the error stream.</summary>
internal sealed class BarScreen : IDownloadScreen
{
    private const int LongestName = 32;

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private ProgressContext? _context;

    public Task ShowAsync(Func<Task> work) => _console
        .Progress()
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
            new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
        .StartAsync(async context =>
        {
            _context = context;
            await work().ConfigureAwait(false);
        });

    public IDownloadLine Begin(string url) => new Bar(_context!.AddTask(Name(url), maxValue: 1));

    // The end of a long name tells more than its beginning.
    private static string Name(string name)
    {
        string safe = TerminalText.Line(name);
        return Markup.Escape(safe.Length <= LongestName ? safe : "…" + safe[^(LongestName - 1)..]);
    }

    private sealed class Bar : IDownloadLine
    {
        private readonly ProgressTask _task;
        private string _path = "";

        public Bar(ProgressTask task)
        {
            _task = task;
            task.IsIndeterminate = true;
        }

        public void Report(DownloadProgress value)
        {
            if (value.Path != _path) _task.Description = Name(Path.GetFileName(_path = value.Path));
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
