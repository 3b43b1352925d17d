using System.CommandLine;
using System.Globalization;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary><c>requests bulk submit URLS --job NAME</c>: brings a list of URLs into a database, for workers on any machine.</summary>
internal sealed class BulkSubmitCommand : Command
{
    private readonly StandardStreams _streams;
    private readonly FrontierFlags _frontier = new();
    private readonly Argument<string> _input = new("URLS") { Description = "A file with a URL, or a JSON object, on each line; '-' for the standard input. Gzip is fine." };
    private readonly Option<string?> _format = OptionKinds.Text("--format", "auto|text|jsonl", "How the lines are written; the first one tells unless given.");
    private readonly Option<bool> _resume = OptionKinds.Flag("--resume", "Go on after the lines that the job has already.");

    public BulkSubmitCommand(StandardStreams streams)
        : base("submit", "Put URLs into a job that many machines work on.")
    {
        _streams = streams;
        Arguments.Add(_input);
        Options.Add(_format);
        Options.Add(_resume);
        _frontier.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        InputFormat format = BulkInput.FormatOf(parsed.GetValue(_format));
        Stream input = BulkInput.Open(_streams, parsed.GetRequiredValue(_input));
        await using (input.ConfigureAwait(false))
        {
            PostgresFrontier frontier = await _frontier.OpenAsync(parsed, create: true, stopping).ConfigureAwait(false);
            await using (frontier.ConfigureAwait(false))
            {
                FrontierStats stats = await frontier.GetStatsAsync(stopping).ConfigureAwait(false);
                string job = _frontier.Job(parsed)!;
                if (stats.InputCompleted) throw new CommandException($"the input of the job {job} has ended: choose another name.");
                if (stats.LastLine > 0 && !parsed.GetValue(_resume))
                    throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"the job {job} has {stats.LastLine:N0} lines of an input already."), "--resume goes on after them; another --job begins a new one.");

                (long added, long lastLine) = await InputFeeder.RunAsync(() => input, format, frontier, pause: null, stopping).ConfigureAwait(false);
                _streams.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"submitted: {added:N0} requests of {lastLine:N0} lines are in the job {job}"));
                return ExitCode.Success;
            }
        }
    }
}
