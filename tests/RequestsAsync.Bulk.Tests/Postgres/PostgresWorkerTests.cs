using System.Globalization;
using System.Text.Json;

namespace RequestsAsync.Bulk.Tests;

/// <summary>Workers on a job in a database, judged by the web server's own log.</summary>
public sealed class PostgresWorkerTests(ScratchPostgres server)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Two_workers_keep_the_delay_of_each_host_together()
    {
        string database = await server.CreateDatabaseAsync();
        await using LoggingServer web = await LoggingServer.StartAsync(TimeSpan.FromMilliseconds(5));
        await SubmitAsync(database, hosts: 400, each: 3);
        TimeSpan delay = TimeSpan.FromMilliseconds(60);

        BulkSummary[] done = await Task.WhenAll(WorkAsync(database, web, new() { Delay = delay, MaxConcurrency = 8 }), WorkAsync(database, web, new() { Delay = delay, MaxConcurrency = 8 })).WaitAsync(Limit);

        Assert.All(done, summary => Assert.True(summary.Progress.Done > 0));
        Assert.Equal(1, web.MostAtOnce());
        Assert.InRange(web.ShortestGap(), delay - TimeSpan.FromMilliseconds(1), TimeSpan.MaxValue);
        await AssertOnceAsync(database, 1200, web);
    }

    [Fact]
    public async Task Two_workers_keep_the_requests_in_flight_to_each_host_together()
    {
        string database = await server.CreateDatabaseAsync();
        await using LoggingServer web = await LoggingServer.StartAsync(TimeSpan.FromMilliseconds(20));
        await SubmitAsync(database, hosts: 5, each: 100);

        await Task.WhenAll(WorkAsync(database, web, new() { MaxPerHost = 2 }), WorkAsync(database, web, new() { MaxPerHost = 2 })).WaitAsync(Limit);

        Assert.Equal(2, web.MostAtOnce());
        await AssertOnceAsync(database, 500, web);
    }

    [Fact]
    public async Task A_database_that_crashes_and_comes_back_loses_nothing()
    {
        await using ScratchPostgres own = new();
        await own.InitializeAsync();
        string database = await own.CreateDatabaseAsync();
        await using LoggingServer web = await LoggingServer.StartAsync(TimeSpan.FromMilliseconds(10));
        await SubmitAsync(database, hosts: 40, each: 50);
        Task<BulkSummary[]> working = Task.WhenAll(WorkAsync(database, web, new() { MaxPerHost = 2 }), WorkAsync(database, web, new() { MaxPerHost = 2 }));

        for (int crash = 1; crash <= 2; crash++)
        {
            while (web.Visits.Count < crash * 500 && !working.IsCompleted) await Task.Delay(5);
            await own.CrashAsync();
        }

        await working.WaitAsync(Limit);
        await AssertRecordsAsync(database, 2000);
    }

    [Fact]
    public async Task Cancelling_ends_workers_and_keeps_what_they_did()
    {
        string database = await server.CreateDatabaseAsync();
        await using LoggingServer web = await LoggingServer.StartAsync(TimeSpan.FromMilliseconds(20));
        await SubmitAsync(database, hosts: 5, each: 400);
        Task<BulkSummary> working = WorkAsync(database, web, new() { MaxPerHost = 2 });
        while (web.Visits.Count < 20) await Task.Delay(5);

        await using PostgresFrontier frontier = await OpenAsync(database);
        await frontier.CancelAsync();
        BulkSummary summary = await working.WaitAsync(Limit);

        Assert.Equal(FrontierState.Cancelled, summary.State);
        FrontierStats stats = await frontier.GetStatsAsync();
        Assert.Equal(FrontierState.Cancelled, stats.State);
        Assert.Equal(web.Visits.Count, stats.Done);
        Assert.True(stats.Done < 2000);
        await AssertRecordsAsync(database, web.Visits.Count);
    }

    [Fact]
    public async Task A_worker_that_stood_still_beyond_its_lease_changes_nothing()
    {
        string database = await server.CreateDatabaseAsync();
        await SubmitAsync(database, hosts: 1, each: 3);
        await using PostgresFrontier sleeper = await OpenAsync(database), awake = await OpenAsync(database);
        HostLease old = Assert.Single((await sleeper.LeaseAsync(new() { Worker = "sleeper", MaxHosts = 1, Duration = TimeSpan.FromSeconds(0.3) })).Hosts);
        Assert.Empty((await awake.LeaseAsync(new() { Worker = "awake", MaxHosts = 1 })).Hosts);

        await awake.WaitAsync(TimeSpan.FromSeconds(60));
        HostLease taken = Assert.Single((await awake.LeaseAsync(new() { Worker = "awake", MaxHosts = 1 })).Hosts);
        Settlement[] late = [.. old.Requests.Select(request => new Settlement.Done(old.Key, request.Number, """{"by":"sleeper"}"""u8.ToArray()))];
        Assert.Equal(late, (await sleeper.LeaseAsync(new() { Worker = "sleeper", Settlements = late })).Refused);
        LeaseBatch batch = await awake.LeaseAsync(new()
        {
            Worker = "awake",
            Settlements = [.. taken.Requests.Select(request => new Settlement.Done(taken.Key, request.Number, """{"by":"awake"}"""u8.ToArray()))],
        });

        Assert.Empty(batch.Refused);
        Assert.Equal(FrontierState.Finished, batch.State);
        Assert.Equal(late, (await sleeper.LeaseAsync(new() { Worker = "sleeper", Settlements = late })).Refused);
        Assert.All(await RecordsAsync(database), record => Assert.Equal("awake", record.GetProperty("by").GetString()));
        Assert.Equal(3, (await RecordsAsync(database)).Count);
    }

    [Fact]
    public async Task A_worker_process_that_was_stopped_beyond_its_leases_and_goes_on_changes_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are stopped by signals on Linux.");
        const int Hosts = 8, Each = 40;
        string database = await server.CreateDatabaseAsync();
        await using LoggingServer web = await LoggingServer.StartAsync(TimeSpan.FromMilliseconds(100));
        await SubmitAsync(database, Hosts, Each);
        await using WorkerProcess zombie = WorkerProcess.Start(database, web, "--per-host", "4");
        while (web.Visits.Count < 2 * Hosts)
        {
            Assert.False(zombie.HasEnded, zombie.Errors);
            await Task.Delay(5);
        }

        await zombie.StopAsync();
        // Its leases last a minute, by the server's clock: here the time passes at once, and the worker has not noticed.
        await ScratchPostgres.ExecuteAsync(database, "UPDATE requests_bulk.hosts SET expires_at = clock_timestamp(), ready_at = greatest(next_at, clock_timestamp()) WHERE worker IS NOT NULL");
        long settledByZombie = await CountOfAsync(database, zombie.Name);
        await using WorkerProcess awake = WorkerProcess.Start(database, web, "--per-host", "4");
        Assert.True(await awake.EndAsync() == 0, awake.Errors);
        await zombie.ContinueAsync();
        Assert.True(await zombie.EndAsync() == 0, zombie.Errors);

        await AssertRecordsAsync(database, Hosts * Each);
        Assert.Equal(settledByZombie, await CountOfAsync(database, zombie.Name));
        Assert.Equal((Hosts * Each) - settledByZombie, await CountOfAsync(database, awake.Name));
        Assert.InRange(web.Visits.Count, (Hosts * Each) + 1, 2 * Hosts * Each); // what it had received and could not settle was fetched again

        static async Task<long> CountOfAsync(string database, string worker) =>
            (long)(await ScratchPostgres.ExecuteAsync(database, $"SELECT count(*) FROM requests_bulk.results WHERE record::json ->> 'worker' LIKE '{worker}%'"))!;
    }

    [Fact]
    public async Task One_host_that_owns_half_of_all_does_not_slow_the_others()
    {
        const int Hosts = 40, Each = 10, Big = 400;
        string ofOthers = await server.CreateDatabaseAsync(), ofAll = await server.CreateDatabaseAsync();
        await using LoggingServer alone = await LoggingServer.StartAsync(TimeSpan.FromMilliseconds(50)), together = await LoggingServer.StartAsync(TimeSpan.FromMilliseconds(50));
        await SubmitAsync(ofOthers, Hosts, Each);
        await using (PostgresFrontier frontier = await OpenAsync(ofAll)) await frontier.EnqueueAsync([.. Enumerable.Range(0, Big).Select(i => Request(BigHost, i))], 0);
        await SubmitAsync(ofAll, Hosts, Each);

        await WorkAsync(ofOthers, alone, new() { MaxPerHost = 2 }).WaitAsync(Limit);
        await WorkAsync(ofAll, together, new() { MaxPerHost = 2 }).WaitAsync(Limit);

        string big = Request(BigHost, 0).Host;
        LoggingServer.Visit[] others = [.. together.Visits.Where(visit => visit.Host != big)];
        long end = others.Max(visit => visit.Ended);
        Assert.Equal(Hosts * Each, others.Length);
        // By the time that the others are done, a host that takes its turns has come no further than one of them could have.
        Assert.InRange(together.Visits.Count(visit => visit.Host == big && visit.Ended < end), 0, Big / 2);
        Assert.InRange(Spent(others), TimeSpan.Zero, (Spent(alone.Visits) * 1.2) + TimeSpan.FromSeconds(1));

        static TimeSpan Spent(IReadOnlyCollection<LoggingServer.Visit> visits) => System.Diagnostics.Stopwatch.GetElapsedTime(visits.Min(visit => visit.Began), visits.Max(visit => visit.Ended));
    }

    private const int BigHost = 999;

    private static ValueTask<PostgresFrontier> OpenAsync(string database) => PostgresFrontier.OpenAsync(database, "job");

    private static async Task SubmitAsync(string database, int hosts, int each)
    {
        await using PostgresFrontier frontier = await OpenAsync(database);
        for (int i = 0; i < each; i++) await frontier.EnqueueAsync([.. Enumerable.Range(0, hosts).Select(host => Request(host, i))], 0);
        await frontier.CompleteInputAsync();
    }

    private static BulkRequest Request(int host, int i)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"h{host}.example"), url = string.Create(CultureInfo.InvariantCulture, $"http://{name}/{i}");
        return new() { Id = RequestId.Of("GET", url, []), Url = url, Host = name };
    }

    private static async Task<BulkSummary> WorkAsync(string database, LoggingServer web, BulkOptions options)
    {
        await using PostgresFrontier frontier = await OpenAsync(database);
        await using BulkWorker worker = new(frontier, options with { Handler = web.Handler() });
        return await worker.RunAsync();
    }

    private static async Task AssertOnceAsync(string database, int count, LoggingServer web)
    {
        Assert.Equal(count, web.Visits.Count);
        await AssertRecordsAsync(database, count);
    }

    private static async Task AssertRecordsAsync(string database, int count)
    {
        List<JsonElement> records = await RecordsAsync(database);
        Assert.Equal(count, records.Count);
        Assert.Equal(count, records.Select(record => record.GetProperty("url").GetString()).Distinct().Count());
        Assert.All(records, record => Assert.Equal(200, record.GetProperty("status").GetInt32()));
    }

    private static async Task<List<JsonElement>> RecordsAsync(string database)
    {
        await using PostgresFrontier frontier = await OpenAsync(database);
        using MemoryStream lines = new();
        long count = await frontier.ExportAsync(lines);
        lines.Position = 0;
        using StreamReader reader = new(lines);
        List<JsonElement> records = [];
        while (await reader.ReadLineAsync() is { } line) records.Add(JsonDocument.Parse(line).RootElement);
        Assert.Equal(count, records.Count);
        return records;
    }
}
