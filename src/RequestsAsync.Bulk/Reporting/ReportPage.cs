using System.Globalization;
using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>Writes a report as one page of HTML, which needs nothing else: no script, no other file, no other site.</summary>
internal sealed class ReportPage(RunReport report, ReportRun run)
{
    private const int MostHosts = 25;
    private const int MostStatuses = 30;
    private static readonly double[] Percentiles = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999];

    private readonly StringBuilder _html = new();

    /// <summary>The page.</summary>
    public string Write()
    {
        BulkProgress progress = run.Summary.Progress;
        report.Throughput.Reach(progress.Elapsed);
        AddHead();
        AddNumbers(progress);
        Section("Throughput");
        ReportChart.AddThroughput(_html, report.Throughput, progress.Elapsed);
        Section("Latency");
        AddLatency();
        Section("Outcomes");
        AddStatuses(progress.Done);
        AddErrors(progress.Done);
        Section("Slowest hosts");
        AddHosts();
        Section("Settings");
        AddSettings();
        _html.Append("</main></body></html>\n");
        return _html.ToString();
    }

    private void AddHead()
    {
        _html.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">")
            .Append("<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\"><title>Bulk job report</title><style>\n")
            .Append(ReportStyle.Css).Append("\n</style></head><body><main><h1>Bulk job report</h1>");
        string state = run.Summary.State switch
        {
            FrontierState.Finished => "The job is finished.",
            FrontierState.Cancelled => "The job was cancelled.",
            _ => "The run was interrupted; the job can be resumed.",
        };
        Paragraph($"{state} Began {ReportText.Moment(run.Began)}, ended {ReportText.Moment(run.Began + run.Summary.Progress.Elapsed)}.");
        if (run.Before.Done == 0) return;
        Paragraph($"<strong>This report is of this run alone.</strong> The job was resumed: {ReportText.Number(run.Before.Done)} requests were done before, and are not in it.");
    }

    private void AddNumbers(BulkProgress progress)
    {
        double seconds = Math.Max(0.001, progress.Elapsed.TotalSeconds);
        _html.Append("<dl class=\"numbers\">");
        Item("Requests done", ReportText.Number(progress.Done));
        Item("The whole job", $"{ReportText.Number(run.After.Done)} of {ReportText.Number(run.After.Added)}{(run.After.InputCompleted ? "" : "+")}");
        Item("Time", ReportText.Duration(progress.Elapsed));
        Item("Requests/s", ReportText.Number(progress.Done / seconds));
        Item("Content", ReportText.Bytes(progress.Bytes));
        Item("Content/s", ReportText.Bytes(progress.Bytes / seconds));
        Item("With errors", $"{ReportText.Number(progress.ByClass[0])} ({ReportText.Share(progress.ByClass[0], progress.Done)})");
        Item("Repeated attempts", ReportText.Number(progress.Retries));
        Item("Hosts of the job", ReportText.Number(run.After.Hosts));
        _html.Append("</dl>");
    }

    private void AddLatency()
    {
        if (report.Latency.Count == 0)
        {
            Paragraph("There was no response.");
            return;
        }

        ReportChart.AddLatency(_html, report.Latency);
        BeginTable($"Percentiles of {ReportText.Number(report.Latency.Count)} responses", "Share of responses", "Not longer than");
        foreach (double share in Percentiles) Row((share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %", ReportText.Latency(report.Latency.Percentile(share)));
        Row("longest", ReportText.Latency(report.Latency.Longest));
        Row("mean", ReportText.Latency(report.Latency.Mean));
        EndTable();
    }

    private void AddStatuses(long all)
    {
        (int Status, long Count)[] statuses = [.. report.Outcomes.ByStatus];
        BeginTable("Responses by status", "Status", "Requests", "Share");
        foreach ((int status, long count) in statuses.Take(MostStatuses)) Row(status.ToString(CultureInfo.InvariantCulture), ReportText.Number(count), ReportText.Share(count, all));
        if (statuses.Length > MostStatuses)
        {
            long others = statuses.Skip(MostStatuses).Sum(static entry => entry.Count);
            Row(string.Create(CultureInfo.InvariantCulture, $"{statuses.Length - MostStatuses} others"), ReportText.Number(others), ReportText.Share(others, all));
        }

        if (statuses.Length == 0) Row("none", "0", "–");
        EndTable();
    }

    private void AddErrors(long all)
    {
        _html.Append("<table><caption>Errors by kind</caption><thead><tr><th scope=\"col\">Kind</th><th scope=\"col\">Requests</th><th scope=\"col\">Share</th><th scope=\"col\" class=\"text\">The first message</th></tr></thead><tbody>");
        bool isEmpty = true;
        foreach ((BulkErrorKind kind, long count, string message) in report.Outcomes.ByError)
        {
            isEmpty = false;
            _html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{RecordWriter.NameOf(kind)}</th><td>{ReportText.Number(count)}</td><td>{ReportText.Share(count, all)}</td><td class=\"text\">{ReportText.Foreign(message)}</td></tr>");
        }

        if (isEmpty) _html.Append("<tr><th scope=\"row\">none</th><td>0</td><td>–</td><td class=\"text\"></td></tr>");
        EndTable();
    }

    private void AddHosts()
    {
        string caption = "By the mean time to the first byte; a failure counts as long as it took.";
        if (report.Hosts.HasForgotten) caption += $" There were more than {ReportText.Number(HostLatencies.MostHosts)} hosts: the figures of one may be of its later requests alone.";
        BeginTable(caption, "Host", "Mean", "Longest", "Requests", "Failures");
        foreach (HostLatency host in report.Hosts.Slowest(MostHosts))
            Row(ReportText.Foreign(host.Host), ReportText.Latency(host.Mean), ReportText.Latency(host.Longest), ReportText.Number(host.Count), ReportText.Number(host.Failures));
        EndTable();
    }

    private void AddSettings()
    {
        BulkOptions options = run.Options;
        BeginTable("How it was fetched", "Setting", "Value");
        Row("In flight at most", ReportText.Number(options.MaxConcurrency));
        Row("To one host at most", ReportText.Number(options.MaxPerHost));
        Row("Delay of a host", options.Delay == TimeSpan.Zero ? "none" : ReportText.Latency(options.Delay));
        Row("Rate of all", options.Rate is not { } rate ? "as many as can" : rate.PerSecond > 0 ? $"{ReportText.Number(rate.PerSecond)} requests/s" : "by a limiter of the program's own");
        Row("Autothrottle", options.AutoThrottle ? "on" : "off");
        Row("robots.txt", options.ObeyRobots ? "obeyed" : "not asked for");
        Row("Other rules for single hosts", options.HostPolicies is null ? "none" : "yes");
        Row("Retries at most", ReportText.Number(options.MaxRetries));
        Row("Redirects at most", ReportText.Number(options.MaxRedirects));
        Row("Contents", $"{options.Bodies.ToString().ToLowerInvariant()}, up to {ReportText.Bytes(options.MaxBodyBytes)}");
        Row("Worker", ReportText.Foreign(options.Worker));
        Row("Version of RequestsAsync", typeof(BulkWorker).Assembly.GetName().Version?.ToString(3) ?? "");
        EndTable();
    }

    private void Section(string title) => _html.Append("<h2>").Append(title).Append("</h2>");

    private void Paragraph(string html) => _html.Append("<p>").Append(html).Append("</p>");

    private void Item(string name, string value) => _html.Append(CultureInfo.InvariantCulture, $"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private void BeginTable(string caption, params ReadOnlySpan<string> columns)
    {
        _html.Append("<table><caption>").Append(caption).Append("</caption><thead><tr>");
        foreach (string column in columns) _html.Append("<th scope=\"col\">").Append(column).Append("</th>");
        _html.Append("</tr></thead><tbody>");
    }

    private void Row(string name, params ReadOnlySpan<string> values)
    {
        _html.Append("<tr><th scope=\"row\">").Append(name).Append("</th>");
        foreach (string value in values) _html.Append("<td>").Append(value).Append("</td>");
        _html.Append("</tr>");
    }

    private void EndTable() => _html.Append("</tbody></table>");
}
