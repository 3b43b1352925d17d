using System.CommandLine;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary><c>requests bulk work --job NAME</c>: one of many workers on a job in a database.</summary>
internal sealed class BulkWorkCommand : Command
{
    private readonly StandardStreams _streams;
    private readonly BulkFlags _flags = new();
    private readonly FrontierFlags _frontier = new();
    private readonly Option<string?> _progress = OptionKinds.Text("--progress", "auto|bar|plain|json", "How it is shown on the error stream.");

    public BulkWorkCommand(StandardStreams streams)
        : base("work", "Work on a job in a database, until it is finished.")
    {
        _streams = streams;
        Options.Add(_progress);
        _frontier.AddTo(this);
        _flags.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        BulkOptions options = _flags.Read(parsed);
        if (options.Bodies == BodyPolicy.File) throw CommandException.Usage("--body file is for a job on one machine: a worker's results go to the database.");
        BulkScreen screen = new(_streams, BulkScreen.KindOf(parsed.GetValue(_progress)), options.TimeProvider);

        PostgresFrontier frontier = await _frontier.OpenAsync(parsed, create: false, stopping).ConfigureAwait(false);
        await using (frontier.ConfigureAwait(false))
        {
            BulkWorker worker = new(frontier, options);
            await using (worker.ConfigureAwait(false))
            {
                BulkRun run = new()
                {
                    Progress = () => worker.Progress,
                    Stats = () => frontier.GetStatsAsync(CancellationToken.None),
                    Drain = worker.Drain,
                    Work = () => worker.RunAsync(CancellationToken.None),
                    Interrupted = "interrupted: another worker, or this one again, goes on",
                };
                return await run.RunAsync(_streams, screen, stopping).ConfigureAwait(false);
            }
        }
    }
}
