using System.CommandLine;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary><c>requests bulk URLS -o OUT</c>: millions of URLs, politely, losing nothing.</summary>
internal sealed class BulkCommand : Command
{
    private readonly StandardStreams _streams;
    private readonly BulkFlags _flags = new();
    private readonly Argument<string> _input = new("URLS") { Description = "A file with a URL, or a JSON object, on each line; '-' for the standard input. Gzip is fine." };
    private readonly Option<string?> _output = OptionKinds.Text("--output", "FILE", "The records: a JSON object for each request, a line each.", "-o");
    private readonly Option<string?> _bodies = OptionKinds.Text("--bodies", "DIR", "Put contents into files there, named after their SHA-256.");
    private readonly Option<string?> _warc = OptionKinds.Text("--warc", "DIR", "Put responses into WARC files there.");
    private readonly Option<string?> _job = OptionKinds.Text("--job", "DIR", "The job's folder; FILE.job unless given.");
    private readonly Option<bool> _resume = OptionKinds.Flag("--resume", "Go on with the job in that folder.");
    private readonly Option<string?> _format = OptionKinds.Text("--format", "auto|text|jsonl", "How the lines are written; the first one tells unless given.");
    private readonly Option<string?> _progress = OptionKinds.Text("--progress", "auto|bar|plain|json", "How it is shown on the error stream.");

    private readonly Option<string?> _report = OptionKinds.Text("--report", "FILE", "Write a report of this run there, as one page of HTML.");

    public BulkCommand(StandardStreams streams)
        : base("bulk", "Fetch millions of URLs: polite to each host, and losing nothing whatever happens.")
    {
        _streams = streams;
        Arguments.Add(_input);
        foreach (Option option in (Option[])[_output, _bodies, _warc, _job, _resume, _format, _progress, _report]) Options.Add(option);
        _flags.AddTo(this);
        Command[] others =
        [
            new BulkMergeCommand(streams), new BulkSubmitCommand(streams), new BulkWorkCommand(streams), new BulkStatusCommand(streams), new BulkCancelCommand(streams), new BulkExportCommand(streams),
        ];
        foreach (Command other in others) Subcommands.Add(other);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        string output = parsed.GetValue(_output) ?? throw CommandException.Usage("requests bulk needs -o FILE: where the records go.");
        string input = parsed.GetRequiredValue(_input);
        BulkJobOptions options = new()
        {
            Folder = parsed.GetValue(_job) ?? output + ".job",
            Output = output,
            OpenInput = () => BulkInput.Open(_streams, input),
            InputFormat = BulkInput.FormatOf(parsed.GetValue(_format)),
            Resume = parsed.GetValue(_resume),
            Report = parsed.GetValue(_report),
            Fetching = _flags.Read(parsed),
        };
        string? bodies = parsed.GetValue(_bodies), warc = parsed.GetValue(_warc);
        if (bodies is not null || warc is not null) options = options with { Fetching = options.Fetching with { Bodies = BodyPolicy.File } };
        else if (options.Fetching.Bodies == BodyPolicy.File) throw CommandException.Usage("--body file needs --bodies DIR or --warc DIR: where the contents go.");

        BodyFiles? files = bodies is null ? null : new(bodies);
        WarcFiles? archive = warc is null ? null : new(warc);
        try
        {
            IBodySink?[] sinks = [files, archive];
            return await RunAsync(options with { Bodies = [.. sinks.OfType<IBodySink>()] }, BulkScreen.KindOf(parsed.GetValue(_progress)), stopping).ConfigureAwait(false);
        }
        finally
        {
            if (archive is not null) await archive.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<int> RunAsync(BulkJobOptions options, BulkProgressKind progress, CancellationToken stopping)
    {
        BulkScreen screen = new(_streams, progress, options.Fetching.TimeProvider);

        BulkJob job = await BulkJob.OpenAsync(options, CancellationToken.None).ConfigureAwait(false);
        await using (job.ConfigureAwait(false))
        {
            using CancellationTokenRegistration drain = stopping.UnsafeRegister(static job => ((BulkJob)job!).Drain(), job);
            using CancellationTokenSource shown = new();
            Task showing = screen.ShowAsync(() => job.Progress, () => job.GetStatsAsync(CancellationToken.None), shown.Token);
            BulkSummary summary;
            try
            {
                // Not to be cancelled: the first Ctrl-C drains, and a second one ends the process, which the job survives.
                summary = await job.RunAsync(CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                await shown.CancelAsync().ConfigureAwait(false);
                await showing.ConfigureAwait(false);
            }

            _streams.Error.WriteLine(BulkText.End(summary, await job.GetStatsAsync(CancellationToken.None).ConfigureAwait(false)));
            return summary.IsInterrupted ? ExitCode.Interrupted : summary.Progress.ByClass[0] > 0 ? ExitCode.SomeFailed : ExitCode.Success;
        }
    }
}
