using System.Globalization;

namespace RequestsAsync.Bulk.Tests;

/// <summary>What a call reads: rows of its own, however many others there are, and though nobody has told the planner how many.</summary>
public sealed class PostgresPlanTests(ScratchPostgres server)
{
    private const int Hosts = 100;
    private const int PerHost = 100;
    private const int Settled = 2000;

    [Fact]
    public async Task A_call_reads_no_more_than_what_it_is_about()
    {
        string database = await server.CreateDatabaseAsync();
        await EnqueueAsync(database);
        long before = await CountReadAsync(database);
        await SettleAsync(database);
        long read = await CountReadAsync(database) - before;

        // One entry for each place that a row is looked up in; a plan that reads the job's other rows reads thousands.
        Assert.InRange(read / (double)Settled, 1, 20);
    }

    private static async Task EnqueueAsync(string database)
    {
        await using PostgresFrontier frontier = await PostgresFrontier.OpenAsync(database, "job");
        for (int number = 0; number < PerHost; number++)
            await frontier.EnqueueAsync([.. Enumerable.Range(0, Hosts).Select(host => Request(host, number))], number);
    }

    private static async Task SettleAsync(string database)
    {
        await using PostgresFrontier frontier = await PostgresFrontier.OpenAsync(database, "job");
        Settlement[] settlements = [];
        int settled = 0;
        while (settled < Settled)
        {
            LeaseBatch batch = await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 10, MaxRequestsPerHost = 50, Settlements = settlements });
            Assert.Empty(batch.Refused);
            settlements = [.. from host in batch.Hosts from leased in host.Requests select Settle(host.Key, leased.Number)];
            Assert.Equal(500, settlements.Length);
            settled += settlements.Length;
        }

        Assert.Empty((await frontier.LeaseAsync(new() { Worker = "w", Settlements = settlements })).Refused);
    }

    private static Settlement Settle(LeaseKey lease, long number) => number % 10 == 0
        ? new Settlement.Again(lease, number, TimeSpan.FromHours(1), Attempts: 1, lease.Host, State: null)
        : new Settlement.Done(lease, number, "{}"u8.ToArray());

    // Entries of indexes that were read. A connection tells of them when it ends, if not before.
    private static async Task<long> CountReadAsync(string database)
    {
        const string Others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
        while (await ScratchPostgres.ExecuteAsync(database, Others) is not 0L) await Task.Delay(20, TestContext.Current.CancellationToken);
        return (long)(await ScratchPostgres.ExecuteAsync(database, "SELECT sum(idx_tup_read)::bigint FROM pg_stat_user_indexes WHERE relname IN ('requests', 'hosts', 'results')"))!;
    }

    private static BulkRequest Request(int host, int number)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"h{host}.test");
        string url = string.Create(CultureInfo.InvariantCulture, $"http://{name}/{number}");
        return new() { Id = RequestId.Of("GET", url, []), Url = url, Host = name };
    }
}
