using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary><c>requests bulk status</c>: how a job in a database stands, or all of them.</summary>
internal sealed class BulkStatusCommand : Command
{
    private readonly StandardStreams _streams;
    private readonly FrontierFlags _frontier = new();
    private readonly Option<bool> _json = OptionKinds.Flag("--json", "A JSON object for each job, a line each.");

    public BulkStatusCommand(StandardStreams streams)
        : base("status", "Tell how a job in a database stands; all jobs without --job.")
    {
        _streams = streams;
        Options.Add(_json);
        _frontier.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        string? name = _frontier.Job(parsed);
        IReadOnlyList<PostgresJob> jobs = await PostgresFrontier.ListAsync(_frontier.Database(parsed), _frontier.Options(parsed), stopping).ConfigureAwait(false);
        if (name is not null) jobs = [.. jobs.Where(job => job.Name == name)];
        if (name is not null && jobs.Count == 0) throw new CommandException($"there is no job {name}.");

        foreach (PostgresJob job in jobs) _streams.Text.WriteLine(parsed.GetValue(_json) ? Json(job) : Text(job));
        return ExitCode.Success;
    }

    private static string Json(PostgresJob job) => JsonSerializer.Serialize(
        new BulkStatusLine(job.Name, job.CreatedAt, NameOf(job.Stats.State), job.Stats.InputCompleted, job.Stats.Added, job.Stats.Done, job.Stats.Leased, job.Stats.Waiting, job.Stats.Hosts, job.Stats.LeasedHosts, job.Stats.BlockedHosts, job.Stats.LastLine),
        BulkProgressContext.Default.BulkStatusLine);

    private static string Text(PostgresJob job) => string.Create(
        CultureInfo.InvariantCulture,
        $"{job.Name}: {NameOf(job.Stats.State)}, {job.Stats.Done:N0} of {job.Stats.Added:N0}{(job.Stats.InputCompleted ? "" : "+")} done, {job.Stats.Leased:N0} leased, {job.Stats.Waiting:N0} waiting; hosts {job.Stats.Hosts:N0}, {job.Stats.LeasedHosts:N0} leased, {job.Stats.BlockedHosts:N0} blocked");

    private static string NameOf(FrontierState state) => state switch { FrontierState.Finished => "finished", FrontierState.Cancelled => "cancelled", _ => "open" };
}
