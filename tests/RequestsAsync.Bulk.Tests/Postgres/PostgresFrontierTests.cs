using Npgsql;

namespace RequestsAsync.Bulk.Tests;

/// <summary>What a frontier in a database does beside the contract: its schema, its rights, its secrets, calls that are made again.</summary>
public sealed class PostgresFrontierTests(ScratchPostgres server)
{
    private static readonly PostgresFrontierOptions Impatient = new() { RetryFor = TimeSpan.Zero };

    [Fact]
    public async Task A_schema_that_many_make_at_once_is_made_once()
    {
        string database = await server.CreateDatabaseAsync();

        PostgresFrontier[] frontiers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostgresFrontier.OpenAsync(database, "job").AsTask()));

        foreach (PostgresFrontier frontier in frontiers) await frontier.DisposeAsync();
        Assert.Equal("1", await ScratchPostgres.ExecuteAsync(database, "SELECT string_agg(version::text, ',') FROM requests_bulk.version"));
        Assert.Equal("job", Assert.Single(await PostgresFrontier.ListAsync(database)).Name);
    }

    [Fact]
    public async Task A_later_schema_is_refused()
    {
        string database = await server.CreateDatabaseAsync();
        await (await PostgresFrontier.OpenAsync(database, "job")).DisposeAsync();
        await ScratchPostgres.ExecuteAsync(database, "UPDATE requests_bulk.version SET version = 99");

        FrontierException e = await Assert.ThrowsAsync<FrontierException>(() => PostgresFrontier.OpenAsync(database, "job").AsTask());

        Assert.Contains("has version 99", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_without_rights_is_told_what_it_needs_and_then_works()
    {
        string admin = await server.CreateDatabaseAsync();
        string role = "crawler_" + new NpgsqlConnectionStringBuilder(admin).Database;
        await ScratchPostgres.ExecuteAsync(admin, $"CREATE ROLE {role} LOGIN PASSWORD '{ScratchPostgres.PlantedPassword}'");
        string database = new NpgsqlConnectionStringBuilder(admin) { Username = role }.ConnectionString;

        FrontierException e = await Assert.ThrowsAsync<FrontierException>(() => PostgresFrontier.OpenAsync(database, "job").AsTask());
        const string Start = "CREATE SCHEMA";
        Assert.Contains($"{Start} \"requests_bulk\" AUTHORIZATION \"{role}\"", e.Message, StringComparison.Ordinal);
        await ScratchPostgres.ExecuteAsync(admin, e.Message[e.Message.IndexOf(Start, StringComparison.Ordinal)..]);

        await using PostgresFrontier frontier = await PostgresFrontier.OpenAsync(database, "job");
        Assert.Equal(1, await frontier.EnqueueAsync([Request("a", "1")], 0));
        Assert.Single((await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 1 })).Hosts);
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_told()
    {
        string database = await server.CreateDatabaseAsync();

        FrontierException e = await Assert.ThrowsAsync<FrontierException>(() => PostgresFrontier.OpenAsync(database, "typo", new() { CreateJob = false }).AsTask());

        Assert.Contains("There is no job typo", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_is_in_no_exception()
    {
        string database = await server.CreateDatabaseAsync();
        string url = ScratchPostgres.AsUrl(database);
        string role = "nobody_" + new NpgsqlConnectionStringBuilder(database).Database;
        await ScratchPostgres.ExecuteAsync(database, $"CREATE ROLE {role} LOGIN PASSWORD 'another'");
        string[] wrong =
        [
            new NpgsqlConnectionStringBuilder(database) { Username = role }.ConnectionString,
            new NpgsqlConnectionStringBuilder(database) { Database = "nowhere" }.ConnectionString,
            new NpgsqlConnectionStringBuilder(database) { Port = 1 }.ConnectionString,
            url + "?colour=" + ScratchPostgres.PlantedPassword,
            url + "?port=" + ScratchPostgres.PlantedPassword,
            database + ";Colour=" + ScratchPostgres.PlantedPassword,
            database + ";Timeout=" + ScratchPostgres.PlantedPassword,
            "postgres://user:" + ScratchPostgres.PlantedPassword + "/@[",
            ScratchPostgres.PlantedPassword,
        ];

        foreach (string address in wrong)
        {
            FrontierException e = await Assert.ThrowsAsync<FrontierException>(() => PostgresFrontier.OpenAsync(address, "job", Impatient).AsTask());
            Assert.DoesNotContain(ScratchPostgres.PlantedPassword, e.ToString(), StringComparison.Ordinal);
        }

        await using PostgresFrontier frontier = await PostgresFrontier.OpenAsync(url, "job");
        Assert.Equal(0, (await frontier.GetStatsAsync()).Added);
    }

    [Fact]
    public async Task A_call_whose_answer_was_lost_is_made_again_and_carried_out_once()
    {
        string database = await server.CreateDatabaseAsync();
        await using PostgresFrontier frontier = await PostgresFrontier.OpenAsync(database, "job");
        await frontier.EnqueueAsync([Request("a", "1"), Request("a", "2"), Request("a", "3"), Request("b", "1"), Request("c", "1")], 0);
        LeaseBatch held = await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 2, MaxRequestsPerHost = 1 });
        HostLease a = held.Hosts[0], b = held.Hosts[1];
        LeaseCall call = new(new()
        {
            Worker = "w",
            MaxHosts = 5,
            Settlements = [new Settlement.Done(a.Key, a.Requests[0].Number, "{}"u8.ToArray()), new Settlement.Again(b.Key, b.Requests[0].Number, TimeSpan.Zero, 1, "b", null)],
            Releases = [new(b.Key, TimeSpan.FromMinutes(1))],
            More = [new(a.Key, 1)],
        });

        await RunAsync(database, call);
        LeaseBatch again = await RunAsync(database, call);

        Assert.Empty(again.Refused);
        Assert.Empty(again.Lost);
        Assert.Equal(["https://a/2", "https://c/1"], again.Hosts.SelectMany(host => host.Requests).Select(request => request.Request.Url));
        Assert.Equal(a.Key, again.Hosts[0].Key);
        FrontierStats stats = await frontier.GetStatsAsync();
        Assert.Equal((5, 1, 2), (stats.Added, stats.Done, stats.Leased));
        Assert.Equal(["https://a/3"], (await frontier.LeaseAsync(new() { Worker = "w", More = [new(a.Key, 5)] })).Hosts.SelectMany(host => host.Requests).Select(request => request.Request.Url));
    }

    [Fact]
    public async Task What_is_no_text_for_a_database_is_kept_all_the_same()
    {
        string database = await server.CreateDatabaseAsync();
        await using PostgresFrontier frontier = await PostgresFrontier.OpenAsync(database, "job");
        BulkRequest bad = new() { Id = RequestId.Of("", "\0", []), Method = "", Url = "nul \0 and half \ud800", Host = "", Problem = "It is no URL: \0." };

        Assert.Equal(1, await frontier.EnqueueAsync([bad], 1));

        HostLease lease = Assert.Single((await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 1 })).Hosts);
        Assert.Equal("nul \ufffd and half \ufffd", lease.Requests[0].Request.Url);
        Assert.Equal("It is no URL: \ufffd.", lease.Requests[0].Request.Problem);
    }

    private static BulkRequest Request(string host, string path)
    {
        string url = $"https://{host}/{path}";
        return new() { Id = RequestId.Of("GET", url, []), Url = url, Host = host };
    }

    private static async Task<LeaseBatch> RunAsync(string database, LeaseCall call)
    {
        await using NpgsqlConnection connection = new(database);
        await connection.OpenAsync();
        await using NpgsqlBatch batch = new(connection);
        call.AddTo(batch, "requests_bulk", 1);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync();
        return await call.ReadAsync(reader, default);
    }
}
