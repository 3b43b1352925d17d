using RequestsAsync.Testing;

namespace RequestsAsync.Bulk.Tests;

public sealed class BulkPolitenessTests : IDisposable
{
    private readonly JobRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_failure_that_is_not_the_networks_owes_the_host_its_delay_as_well()
    {
        using BulkHost host = new(_ => throw new HttpRequestException(HttpRequestError.SecureConnectionError, "bad certificate"));

        await _run.RunAsync(Lines("https://a.example", 5), new() { Handler = host, Delay = TimeSpan.FromMilliseconds(80) });

        AssertGaps(host, TimeSpan.FromMilliseconds(79), visits: 5);
        Assert.All(_run.Records, record => Assert.Equal("tls", record.GetProperty("error").GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Autothrottle_never_asks_sooner_than_robots_say()
    {
        using BulkHost host = new(call => Reply.Text(call.Url.Path == "/robots.txt" ? "User-agent: *\nCrawl-delay: 0.1" : "x"));

        await _run.RunAsync(Lines("http://a.example", 6), new() { Handler = host, ObeyRobots = true, AutoThrottle = true });

        AssertGaps(host, TimeSpan.FromMilliseconds(99), visits: 7);
    }

    [Fact]
    public async Task A_delay_that_is_no_number_is_passed_over()
    {
        using BulkHost host = new(call => Reply.Text(call.Url.Path == "/robots.txt" ? "User-agent: *\nCrawl-delay: -Infinity" : "x"));

        await _run.RunAsync(Lines("http://a.example", 3), new() { Handler = host, ObeyRobots = true });

        Assert.All(_run.Records, record => Assert.Equal(200, record.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task A_host_that_its_policy_blocks_is_asked_for_nothing()
    {
        using BulkHost host = new();

        BulkSummary summary = await _run.RunAsync(Lines("http://a.example", 3000), new() { Handler = host, ObeyRobots = true, MaxPerHost = 1, HostPolicies = _ => new() { IsBlocked = true } });

        Assert.Empty(host.Visits);
        Assert.Equal(3000, summary.Progress.Errors[BulkErrorKind.Blocked]);
    }

    [Fact]
    public async Task What_is_refused_waits_for_nothing()
    {
        using BulkHost host = new();
        string input = string.Concat(Enumerable.Range(0, 3000).Select(i => $"http://\n"));

        BulkSummary summary = await _run.RunAsync(input, new() { Handler = host, MaxPerHost = 1, BatchInterval = TimeSpan.FromMinutes(5) });

        Assert.Equal(3000, summary.Progress.Errors[BulkErrorKind.BadInput]);
    }

    [Fact]
    public async Task The_waiting_for_the_rate_is_no_part_of_the_request()
    {
        using BulkHost host = new();
        BulkOptions options = new() { Handler = host, MaxPerHost = 100, Rate = new RateLimit(20), Timeout = new() { Total = TimeSpan.FromMilliseconds(400) } };

        await _run.RunAsync(Lines("http://a.example", 20), options);

        Assert.All(_run.Records, record => Assert.Equal(200, record.GetProperty("status").GetInt32()));
        Assert.All(_run.Records, record => Assert.InRange(record.GetProperty("elapsed_ms").GetDouble(), 0, 400));
        Assert.InRange(host.Visits.Max(visit => visit.Began) - host.Visits.Min(visit => visit.Began), TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Who_waits_for_the_rate_is_not_waited_for_at_the_end()
    {
        using BulkHost host = new();
        BulkOptions options = new() { Handler = host, Rate = RateLimit.Per(1, TimeSpan.FromHours(1)) };
        await using BulkJob job = await BulkJob.OpenAsync(_run.Options(Lines("http://a.example", 20), options), TestContext.Current.CancellationToken);

        Task<BulkSummary> running = job.RunAsync(TestContext.Current.CancellationToken);
        while (host.Visits.Count == 0) await Task.Delay(5, TestContext.Current.CancellationToken);
        job.Drain();
        BulkSummary summary = await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(summary.IsInterrupted);
        Assert.Equal(1, summary.Progress.Done);
        Assert.Equal(0, (await job.GetStatsAsync(TestContext.Current.CancellationToken)).Leased);
    }

    [Fact]
    public async Task What_a_method_is_called_in_lower_case_keeps_its_content_through_a_redirect()
    {
        using BulkHost host = new(call => call.Url.Path == "/a" ? Reply.Redirect("/b", 307) : Reply.Text($"{call.Method} {call.Text}"));

        await _run.RunAsync("""{"url":"http://a.example/a","method":"post","body":"text"}""", new() { Handler = host, Bodies = BodyPolicy.Inline });

        Assert.Equal("POST text", Assert.Single(_run.Records).GetProperty("body").GetString());
    }

    private static string Lines(string origin, int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"{origin}/{i}\n"));

    private static void AssertGaps(BulkHost host, TimeSpan least, int visits)
    {
        BulkHost.Visit[] inOrder = [.. host.Visits.OrderBy(visit => visit.Began)];
        Assert.Equal(visits, inOrder.Length);
        Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.Second.Began - pair.First.Ended >= least, $"{pair.Second.Began - pair.First.Ended}"));
    }
}
