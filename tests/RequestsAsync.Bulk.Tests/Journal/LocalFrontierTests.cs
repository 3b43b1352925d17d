namespace RequestsAsync.Bulk.Tests;

/// <summary>What the frontier of one machine does beside what all do.</summary>
public sealed class LocalFrontierTests : IDisposable
{
    private readonly JobFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_is_opened_once_at_a_time()
    {
        await using (await OpenAsync())
        {
            FrontierException exception = await Assert.ThrowsAsync<FrontierException>(() => OpenAsync());
            Assert.Contains($"process {Environment.ProcessId} has it", exception.Message, StringComparison.Ordinal);
            Assert.Contains(_folder.Path, exception.Message, StringComparison.Ordinal);
        }

        await using LocalFrontier again = await OpenAsync();
        Assert.Equal(0, (await again.GetStatsAsync()).Added);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "file"), "");

        FrontierException exception = await Assert.ThrowsAsync<FrontierException>(() => LocalFrontier.OpenAsync(Path.Combine(_folder.Path, "file", "job")).AsTask());

        Assert.Contains(Path.Combine(_folder.Path, "file", "job"), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task The_clock_on_the_wall_may_jump(int hours)
    {
        await using LocalFrontier frontier = await OpenAsync();
        await frontier.EnqueueAsync([Request("a", 1), Request("b", 1), Request("c", 1)], 3);
        HostLease lease = (await LeaseAsync(frontier, 1)).Hosts[0];
        await frontier.BlockHostAsync("b", TimeSpan.FromSeconds(10));
        _time.JumpWall(TimeSpan.FromHours(hours));

        LeaseBatch batch = await LeaseAsync(frontier, 5);
        Assert.Equal("c", Assert.Single(batch.Hosts).Key.Host);
        Assert.Equal(TimeSpan.FromSeconds(10), batch.NextReady);
        Assert.Empty(await frontier.RenewAsync("w", [lease.Key]));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("b", Assert.Single((await LeaseAsync(frontier, 5)).Hosts).Key.Host);
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(1, 0)]
    public async Task A_jump_of_the_clock_between_two_runs_makes_no_delay_longer(int hours, int seconds)
    {
        await using (LocalFrontier frontier = await OpenAsync())
        {
            await frontier.EnqueueAsync([Request("a", 1)], 1);
            await frontier.BlockHostAsync("a", TimeSpan.FromSeconds(10));
        }

        _time.JumpWall(TimeSpan.FromHours(hours));
        await using LocalFrontier again = await OpenAsync();

        Assert.Equal(TimeSpan.FromSeconds(seconds), (await LeaseAsync(again, 0)).NextReady);
    }

    [Fact]
    public async Task A_copy_of_the_folder_at_any_moment_is_a_whole_job()
    {
        await using LocalFrontier frontier = await OpenAsync();
        List<string> expected = [];
        List<JobFolder> copies = [];
        for (int round = 0; round < 12; round++)
        {
            await frontier.EnqueueAsync([.. Enumerable.Range(round * 5, 5).Select(i => Request($"h{i % 3}", i))], (round + 1) * 5);
            await TakeAsync();
            LeaseBatch batch = await LeaseAsync(frontier, 2, requests: 2);
            await TakeAsync();
            await frontier.LeaseAsync(new()
            {
                Worker = "w",
                Settlements = [.. batch.Hosts.Select(host => round % 4 == 3
                    ? (Settlement)new Settlement.Again(host.Key, host.Requests[0].Number, TimeSpan.Zero, round, "h9", "s")
                    : new Settlement.Done(host.Key, host.Requests[0].Number, default))],
                Releases = [.. batch.Hosts.Select(host => new HostRelease(host.Key, TimeSpan.Zero, $"n{round}"))],
                OutputPosition = round,
            });
            await TakeAsync();
        }

        await frontier.CompleteInputAsync();
        await TakeAsync();
        for (int i = 0; i < copies.Count; i++)
        {
            using JobFolder copy = copies[i];
            await using LocalFrontier opened = await LocalFrontier.OpenAsync(copy.Path, new() { TimeProvider = _time });
            Assert.Equal(expected[i], await DescribeAsync(opened));
        }

        async Task TakeAsync()
        {
            copies.Add(_folder.Copy());
            expected.Add(await DescribeAsync(frontier));
        }

        static async Task<string> DescribeAsync(LocalFrontier frontier)
        {
            FrontierStats stats = await frontier.GetStatsAsync();
            return $"{stats.Added} {stats.Done} {stats.Hosts} {stats.LastLine} {stats.InputCompleted} {frontier.CommittedOutput}";
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    public async Task A_journal_that_is_written_anew_says_the_same(int compactionBytes)
    {
        LocalFrontierOptions options = new() { TimeProvider = _time, CompactionBytes = compactionBytes };
        List<long> done = [];
        await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path, options))
        {
            await frontier.EnqueueAsync([.. Enumerable.Range(0, 200).Select(i => Request($"h{i % 4}", i))], 200);
            await frontier.BlockHostAsync("blocked", TimeSpan.FromSeconds(30));
            for (int round = 0; round < 20; round++)
            {
                LeaseBatch batch = await LeaseAsync(frontier, 2, requests: 3);
                done.AddRange(batch.Hosts.Select(host => host.Requests[0].Number));
                LeaseBatch settled = await frontier.LeaseAsync(new()
                {
                    Worker = "w",
                    Settlements = [.. batch.Hosts.SelectMany(host => (Settlement[])
                        [new Settlement.Done(host.Key, host.Requests[0].Number, default), new Settlement.Again(host.Key, host.Requests[1].Number, TimeSpan.FromHours(1), 7, "moved", "s")])],
                    Releases = [.. batch.Hosts.Select(host => new HostRelease(host.Key, TimeSpan.Zero, $"notes {round}"))],
                    OutputPosition = round,
                });
                Assert.Empty(settled.Refused);
            }

            await frontier.CompleteInputAsync();
            using JobFolder crashed = _folder.Copy();
            await AssertSameAsync(crashed.Path);
        }

        await AssertSameAsync(_folder.Path);

        async Task AssertSameAsync(string path)
        {
            await using LocalFrontier again = await LocalFrontier.OpenAsync(path, options);
            FrontierStats stats = await again.GetStatsAsync();
            Assert.Equal((200, 40, true, 19), (stats.Added, stats.Done, stats.InputCompleted, again.CommittedOutput));
            Assert.Equal(5, stats.Hosts);
            await again.EnqueueAsync([Request("blocked", 1)], 0);
            LeaseBatch batch = await LeaseAsync(again, 9, 200);
            Assert.Equal(["h0", "h1", "h2", "h3"], batch.Hosts.Select(host => host.Key.Host).Order());
            Assert.All(batch.Hosts, host => Assert.StartsWith("notes 1", host.Notes, StringComparison.Ordinal));
            Assert.Equal(120, batch.Hosts.Sum(host => host.Requests.Count));
            Assert.Empty(batch.Hosts.SelectMany(host => host.Requests).Select(request => request.Number).Intersect(done));
            Assert.Equal(TimeSpan.FromSeconds(30), batch.NextReady);
        }
    }

    [Fact]
    public async Task A_host_whose_last_request_came_from_another_is_still_counted_after_the_journal_was_written_anew()
    {
        LocalFrontierOptions options = new() { TimeProvider = _time, CompactionBytes = 1 };
        await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path, options))
        {
            await frontier.EnqueueAsync([Request("a", 1)], 1);
            HostLease lease = (await LeaseAsync(frontier, 1)).Hosts[0];
            await frontier.LeaseAsync(new() { Worker = "w", Settlements = [new Settlement.Again(lease.Key, 1, TimeSpan.Zero, 1, "b", null)], Releases = [new(lease.Key, TimeSpan.Zero)] });
            lease = (await LeaseAsync(frontier, 1)).Hosts[0];
            Assert.Equal("b", lease.Key.Host);
            await frontier.LeaseAsync(new() { Worker = "w", Settlements = [new Settlement.Done(lease.Key, 1, default)], Releases = [new(lease.Key, TimeSpan.Zero)] });
            for (int i = 0; i < 9; i++) await frontier.BlockHostAsync("c", TimeSpan.FromSeconds(i));
            Assert.Equal(2, (await frontier.GetStatsAsync()).Hosts);
        }

        await using LocalFrontier again = await LocalFrontier.OpenAsync(_folder.Path, options);
        Assert.Equal(2, (await again.GetStatsAsync()).Hosts);
    }

    [Fact]
    public async Task A_host_that_is_held_for_long_settles_in_any_order()
    {
        await using LocalFrontier frontier = await OpenAsync();
        await frontier.EnqueueAsync([.. Enumerable.Range(0, 4_000).Select(i => Request("a", i))], 4_000);
        HostLease lease = (await LeaseAsync(frontier, 1, requests: 4)).Hosts[0];
        List<long> held = [.. lease.Requests.Select(request => request.Number)];
        for (int i = 0; held.Count > 0; i++)
        {
            // Of four in flight the second is there first, then the first.
            long next = held[i % 2 == 0 ? Math.Min(1, held.Count - 1) : 0];
            held.Remove(next);
            LeaseBatch batch = await frontier.LeaseAsync(new() { Worker = "w", Settlements = [new Settlement.Done(lease.Key, next, default)], More = [new(lease.Key, 1)] });
            Assert.Empty(batch.Refused);
            held.AddRange(batch.Hosts.SelectMany(host => host.Requests).Select(request => request.Number));
        }

        Assert.Equal((4_000, 0), ((await frontier.GetStatsAsync()).Done, (await frontier.GetStatsAsync()).Leased));
    }

    [Fact]
    public async Task The_journal_of_a_long_job_stays_short()
    {
        LocalFrontierOptions options = new() { TimeProvider = _time, CompactionBytes = 20_000 };
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path, options);
        await frontier.EnqueueAsync([Request("a", 1)], 1);
        for (int i = 0; i < 300; i++)
        {
            HostLease lease = (await LeaseAsync(frontier, 1)).Hosts[0];
            await frontier.LeaseAsync(new()
            {
                Worker = "w",
                Settlements = [new Settlement.Again(lease.Key, 1, TimeSpan.Zero, i, "a", new string('s', 400))],
                Releases = [new(lease.Key, TimeSpan.Zero, $"{i}")],
            });
            Assert.InRange(new FileInfo(_folder.Journal).Length, 1, 21_000);
        }
    }

    [Fact]
    public async Task Requests_whose_records_were_found_in_the_output_are_done()
    {
        await using (LocalFrontier frontier = await OpenAsync())
        {
            await frontier.EnqueueAsync([.. Enumerable.Range(0, 6).Select(i => Request("a", i))], 6);
            HostLease lease = (await LeaseAsync(frontier, 1)).Hosts[0];
            await frontier.LeaseAsync(new() { Worker = "w", Settlements = [new Settlement.Done(lease.Key, 1, default)], OutputPosition = 100 });
        }

        await using (LocalFrontier resumed = await OpenAsync())
        {
            Assert.Equal(100, resumed.CommittedOutput);
            RequestId[] found = [Request("a", 0).Id, Request("a", 1).Id, Request("a", 3).Id, Request("unknown", 1).Id];
            Assert.Equal(2, await resumed.SettleFoundAsync(found, 250));
            Assert.Equal(0, await resumed.SettleFoundAsync(found, 250));
            Assert.Equal([3L, 5, 6], (await LeaseAsync(resumed, 1)).Hosts[0].Requests.Select(request => request.Number));
            Assert.Equal((3, 3), ((await resumed.GetStatsAsync()).Done, (await resumed.GetStatsAsync()).Leased));
        }

        await using LocalFrontier again = await OpenAsync();
        Assert.Equal(250, again.CommittedOutput);
        Assert.Equal([3L, 5, 6], (await LeaseAsync(again, 1)).Hosts[0].Requests.Select(request => request.Number));
    }

    [Fact]
    public async Task A_host_of_which_all_was_found_in_the_output_is_not_leased()
    {
        await using LocalFrontier frontier = await OpenAsync();
        await frontier.EnqueueAsync([Request("a", 1), Request("b", 1)], 2);
        await frontier.SettleFoundAsync([Request("a", 1).Id], 10);

        Assert.Equal("b", Assert.Single((await LeaseAsync(frontier, 1)).Hosts).Key.Host);
        LeaseBatch batch = await LeaseAsync(frontier, 1);
        Assert.Empty(batch.Hosts);
        Assert.Null(batch.NextReady);
    }

    [Fact]
    public async Task Calls_at_the_same_time_are_written_together()
    {
        CountingDevice.Counts counts = new();
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path, new() { OpenDevice = path => new CountingDevice(path, counts) });
        int before = counts.Flushes;

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => frontier.EnqueueAsync([Request("a", i)], 0).AsTask()));

        Assert.InRange(counts.Flushes - before, 1, 32);
        Assert.Equal(64, (await frontier.GetStatsAsync()).Added);
    }

    [Fact]
    public async Task Ids_beyond_the_budget_are_on_the_disk_and_known_all_the_same()
    {
        LocalFrontierOptions options = new() { DeduplicationMemory = 16 << 10 };
        BulkRequest[] requests = [.. Enumerable.Range(0, 20_000).Select(i => Request($"h{i % 7}", i))];
        await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path, options))
        {
            foreach (BulkRequest[] batch in requests.Chunk(512)) Assert.Equal(batch.Length, await frontier.EnqueueAsync(batch, 0));
            foreach (BulkRequest[] batch in requests.Reverse().Chunk(700)) Assert.Equal(0, await frontier.EnqueueAsync(batch, 0));
        }

        await using LocalFrontier again = await LocalFrontier.OpenAsync(_folder.Path, options);
        foreach (BulkRequest[] batch in requests.Chunk(600)) Assert.Equal(0, await again.EnqueueAsync(batch, 0));
        Assert.Equal(1, await again.EnqueueAsync([Request("new", 1)], 0));
    }

    [Fact]
    public async Task A_closed_job_says_so()
    {
        LocalFrontier frontier = await OpenAsync();
        await frontier.DisposeAsync();
        await frontier.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => frontier.EnqueueAsync([Request("a", 1)], 1).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => frontier.GetStatsAsync().AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => frontier.WaitAsync(TimeSpan.Zero).AsTask());
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_it_began_changes_nothing()
    {
        await using LocalFrontier frontier = await OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => frontier.EnqueueAsync([Request("a", 1)], 1, new CancellationToken(canceled: true)).AsTask());

        Assert.Equal(0, (await frontier.GetStatsAsync()).Added);
    }

    private static BulkRequest Request(string host, int i) =>
        new() { Id = RequestId.Of("GET", $"https://{host}/{i}", []), Url = $"https://{host}/{i}", Host = host, Line = i };

    private static ValueTask<LeaseBatch> LeaseAsync(LocalFrontier frontier, int hosts, int requests = 16) =>
        frontier.LeaseAsync(new() { Worker = "w", MaxHosts = hosts, MaxRequestsPerHost = requests });

    private async Task<LocalFrontier> OpenAsync() => await LocalFrontier.OpenAsync(_folder.Path, new() { TimeProvider = _time });

    private sealed class CountingDevice(string path, CountingDevice.Counts counts) : LogDevice(path)
    {
        internal override void Flush()
        {
            counts.Flushes++;
            base.Flush();
        }

        internal sealed class Counts
        {
            public int Flushes { get; set; }
        }
    }
}
