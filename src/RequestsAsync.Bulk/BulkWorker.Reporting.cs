namespace RequestsAsync.Bulk;

// What is told of a run when it has ended.
public sealed partial class BulkWorker
{
    private readonly RunReport? _report;
    private readonly string? _reportPath;

    private async ValueTask WriteReportAsync(FrontierStats before, BulkSummary summary)
    {
        FrontierStats after = await _frontier.GetStatsAsync(CancellationToken.None).ConfigureAwait(false);
        ReportRun run = new() { Began = _began, Before = before, After = after, Summary = summary, Options = _options };
        ReportFile.Write(_reportPath!, new ReportPage(_report!, run).Write());
    }
}
