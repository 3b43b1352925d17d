using RequestsAsync.Testing;

namespace RequestsAsync.Bulk.Tests;

/// <summary>A worker on a frontier, at its ends and where something goes wrong.</summary>
public sealed class BulkWorkerTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_that_is_cancelled_is_fetched_no_further()
    {
        await using LocalFrontier frontier = await FillAsync(hosts: 1, each: 400);
        using BulkHost host = new(TimeSpan.FromMilliseconds(20));
        await using BulkWorker worker = new(frontier, new() { Handler = host, MaxPerHost = 1 });

        Task<BulkSummary> running = worker.RunAsync();
        while (host.Visits.Count < 5) await Task.Delay(5);
        await frontier.CancelAsync();
        BulkSummary summary = await running.WaitAsync(Limit);

        Assert.Equal(FrontierState.Cancelled, summary.State);
        Assert.InRange(host.Visits.Count, 5, 200);
        Assert.Equal(host.Visits.Count, (await frontier.GetStatsAsync()).Done);
    }

    [Fact]
    public async Task What_is_in_flight_at_the_end_keeps_its_lease()
    {
        await using ObservedFrontier frontier = new(await FillAsync(hosts: 1, each: 1));
        using BulkHost host = new(TimeSpan.FromSeconds(5));
        await using BulkWorker worker = new(frontier, new() { Handler = host, LeaseDuration = TimeSpan.FromSeconds(3) });

        Task<BulkSummary> running = worker.RunAsync();
        while (worker.Progress.InFlight == 0) await Task.Delay(5);
        worker.Drain();
        await running.WaitAsync(Limit);

        Assert.Equal(0, frontier.Refused);
        Assert.Equal(1, (await frontier.GetStatsAsync()).Done);
    }

    [Fact]
    public async Task Storing_that_takes_longer_than_a_lease_loses_nothing()
    {
        await using ObservedFrontier frontier = new(await FillAsync(hosts: 2, each: 1));
        using BulkHost host = new();
        await using SlowSink sink = new();
        await using BulkWorker worker = new(frontier, new() { Handler = host, LeaseDuration = TimeSpan.FromSeconds(3), Bodies = BodyPolicy.File }, new() { Bodies = [sink] });

        await worker.RunAsync().WaitAsync(Limit);

        Assert.Equal(0, frontier.Refused);
        Assert.Equal(2, host.Visits.Count);
    }

    [Fact]
    public async Task A_host_is_blocked_once_however_many_answers_ask_for_it()
    {
        await using ObservedFrontier frontier = new(await FillAsync(hosts: 1, each: 8));
        int asked = 0;
        using BulkHost host = new(_ => Interlocked.Increment(ref asked) <= 8 ? Reply.Of(429).WithHeader("Retry-After", "1") : Reply.Text("x"), TimeSpan.FromMilliseconds(50));
        await using BulkWorker worker = new(frontier, new() { Handler = host, MaxPerHost = 8 });

        await worker.RunAsync().WaitAsync(Limit);

        Assert.Equal(16, host.Visits.Count);
        Assert.Equal("h0.example", Assert.Single(frontier.Blocks));
    }

    [Fact]
    public async Task What_nobody_expected_ends_the_worker()
    {
        await using LocalFrontier frontier = await FillAsync(hosts: 1, each: 1);
        HostLease lease = Assert.Single((await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 1 })).Hosts);
        await frontier.LeaseAsync(new() { Worker = "w", Settlements = [new Settlement.Again(lease.Key, 1, TimeSpan.Zero, 1, "h0.example", "no JSON")], Releases = [new(lease.Key, TimeSpan.Zero)] });
        using BulkHost host = new();
        await using BulkWorker worker = new(frontier, new() { Handler = host });

        FrontierException error = await Assert.ThrowsAsync<FrontierException>(() => worker.RunAsync().WaitAsync(Limit));

        Assert.Contains("no JSON", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_makes_no_sense_ends_the_worker()
    {
        await using LocalFrontier frontier = await FillAsync(hosts: 1, each: 1);
        using BulkHost host = new();
        await using BulkWorker worker = new(frontier, new() { Handler = host, HostPolicies = _ => new() { MaxInFlight = 0 } });

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => worker.RunAsync().WaitAsync(Limit));

        Assert.Contains("h0.example", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_in_which_nothing_comes_holds_up_no_end()
    {
        using JobRun run = new();
        using BulkHost host = new();
        BulkJobOptions options = run.Options("", new() { Handler = host }) with { OpenInput = () => new SilentStream("http://a.example/\n"u8.ToArray()) };
        await using BulkJob job = await BulkJob.OpenAsync(options);

        Task<BulkSummary> running = job.RunAsync();
        while (host.Visits.Count == 0) await Task.Delay(5);
        job.Drain();

        Assert.True((await running.WaitAsync(Limit)).IsInterrupted);
    }

    [Fact]
    public async Task A_content_that_is_not_kept_has_its_hash()
    {
        using JobRun run = new();
        byte[] content = new byte[300_000];
        Random.Shared.NextBytes(content);
        using BulkHost host = new(_ => Reply.Bytes(content));

        await run.RunAsync("http://a.example/\n", new() { Handler = host });

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), Assert.Single(run.Records).GetProperty("sha256").GetString());
    }

    private sealed class SlowSink : IBodySink
    {
        public async ValueTask StoreAsync(BulkRecord record, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) => await Task.Delay(TimeSpan.FromSeconds(2.5), cancellationToken);

        public ValueTask FlushAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private async Task<LocalFrontier> FillAsync(int hosts, int each)
    {
        LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path);
        await frontier.EnqueueAsync([.. Enumerable.Range(0, hosts * each).Select(i => Request(i % hosts, i))], 0);
        await frontier.CompleteInputAsync();
        return frontier;
    }

    private static BulkRequest Request(int host, int i)
    {
        string url = $"http://h{host}.example/{i}";
        return new() { Id = RequestId.Of("GET", url, []), Url = url, Host = $"h{host}.example" };
    }
}
