using System.CommandLine;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary><c>requests bulk cancel --job NAME</c>: ends a job in a database before it is finished.</summary>
internal sealed class BulkCancelCommand : Command
{
    private readonly StandardStreams _streams;
    private readonly FrontierFlags _frontier = new();

    public BulkCancelCommand(StandardStreams streams)
        : base("cancel", "Cancel a job in a database: its workers finish what is in flight, and end.")
    {
        _streams = streams;
        _frontier.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        PostgresFrontier frontier = await _frontier.OpenAsync(parsed, create: false, stopping).ConfigureAwait(false);
        await using (frontier.ConfigureAwait(false))
        {
            await frontier.CancelAsync(stopping).ConfigureAwait(false);
            _streams.Error.WriteLine($"cancelled: the job {_frontier.Job(parsed)}");
            return ExitCode.Success;
        }
    }
}
