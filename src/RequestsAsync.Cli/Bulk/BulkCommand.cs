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
        string? bodies = parsed.GetValue(_bodies), warc = parsed.GetValue(_warc);
        BulkJobOptions options = new()
        {
            Folder = parsed.GetValue(_job) ?? output + ".job",
            Output = output,
            OpenInput = () => BulkInput.Open(_streams, input),
            InputFormat = BulkInput.FormatOf(parsed.GetValue(_format)),
            Resume = parsed.GetValue(_resume),
            Report = parsed.GetValue(_report),
            Fetching = _flags.Read(parsed, hasPlaces: bodies is not null || warc is not null),
        };
        BulkScreen screen = new(_streams, BulkScreen.KindOf(parsed.GetValue(_progress)), options.Fetching.TimeProvider);

        List<IBodySink> places = [];
        try
        {
            if (bodies is not null) places.Add(new BodyFiles(bodies));
            if (warc is not null) places.Add(new WarcFiles(warc));
            return await RunAsync(options with { Bodies = places }, screen, stopping).ConfigureAwait(false);
        }
        finally
        {
            foreach (IBodySink place in places) await place.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<int> RunAsync(BulkJobOptions options, BulkScreen screen, CancellationToken stopping)
    {
        BulkJob job = await BulkJob.OpenAsync(options, CancellationToken.None).ConfigureAwait(false);
        await using (job.ConfigureAwait(false))
        {
            BulkRun run = new()
            {
                Progress = () => job.Progress,
                Stats = () => job.GetStatsAsync(CancellationToken.None),
                Drain = job.Drain,
                Work = () => job.RunAsync(CancellationToken.None),
                HasEarlierErrors = () => job.HasEarlierErrorsAsync(CancellationToken.None),
                Interrupted = "interrupted: --resume goes on",
            };
            return await run.RunAsync(_streams, screen, stopping).ConfigureAwait(false);
        }
    }
}
