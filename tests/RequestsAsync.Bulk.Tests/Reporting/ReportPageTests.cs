using System.Text;
using System.Text.RegularExpressions;
using RequestsAsync.Testing;

namespace RequestsAsync.Bulk.Tests;

public sealed partial class ReportPageTests : IDisposable
{
    private readonly JobRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void Any_number_of_results_makes_a_small_page(int count)
    {
        string html = Reports.OfMany(count);

        Assert.InRange(Encoding.UTF8.GetByteCount(html), 4_000, 60_000);
        Assert.Contains("This report is of this run alone", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_wrote_stays_text()
    {
        string html = Reports.OfMany(5_000);

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;&quot;&#39;&amp;\uFFFD\uFFFD", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', html);
        Assert.DoesNotContain(new string('x', 400), html, StringComparison.Ordinal);
        Assert.Empty(Elsewhere().Matches(html));
    }

    [Fact]
    public async Task A_job_writes_one_when_it_ends_and_another_when_it_goes_on()
    {
        string report = _run.In("report.html");
        using BulkHost host = new(call => call.Url.Path == "/3" ? throw new HttpRequestException(HttpRequestError.SecureConnectionError, "<b>no</b>") : Reply.Text("x"));
        string input = string.Concat(Enumerable.Range(0, 40).Select(i => $"http://h{i % 4}.example/{i}\n"));
        await RunAsync(_run.Options(input, new() { Handler = host, MaxRetries = 0 }) with { Report = report });
        string first = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);

        await RunAsync(_run.Options(input + "http://h9.example/\n", new() { Handler = host }, resume: true) with { Report = report });
        string second = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);

        Assert.Contains("<dd>40 of 40</dd>", first, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;no&lt;/b&gt;", first, StringComparison.Ordinal);
        Assert.Contains("h2.example", first, StringComparison.Ordinal);
        Assert.DoesNotContain("of this run alone", first, StringComparison.Ordinal);
        Assert.Contains("40 requests were done before", second, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(report)!), file => file.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_drained_writes_one()
    {
        string report = _run.In("report.html");
        using BulkHost host = new(TimeSpan.FromMilliseconds(20));
        string input = string.Concat(Enumerable.Range(0, 500).Select(i => $"http://h.example/{i}\n"));
        await using BulkJob job = await BulkJob.OpenAsync(_run.Options(input, new() { Handler = host }) with { Report = report }, TestContext.Current.CancellationToken);

        Task<BulkSummary> running = job.RunAsync(TestContext.Current.CancellationToken);
        while (host.Visits.Count < 5) await Task.Delay(5, TestContext.Current.CancellationToken);
        job.Drain();
        BulkSummary summary = await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(summary.IsInterrupted);
        Assert.Contains("The run was interrupted", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_is_not_there_is_told_before_anything_is_fetched()
    {
        using BulkHost host = new();

        SinkException error = await Assert.ThrowsAsync<SinkException>(() => RunAsync(_run.Options("http://h.example/\n", new() { Handler = host }) with { Report = _run.In("none/report.html") }));

        Assert.Contains("there is no folder", error.Message, StringComparison.Ordinal);
        Assert.Empty(host.Visits);
    }

    private static async Task RunAsync(BulkJobOptions options)
    {
        await using BulkJob job = await BulkJob.OpenAsync(options, TestContext.Current.CancellationToken);
        await job.RunAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("(?:src|href)=\"(?!data:)|url\\(|@import", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Elsewhere();
}
