namespace RequestsAsync.Bulk.Tests;

/// <summary>What happens while a call is being written to the disk.</summary>
public sealed class GroupCommitTests : IDisposable
{
    private readonly JobFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly FullDevice.Disk _disk = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lease_that_ends_while_what_it_settled_is_being_written_settles_it()
    {
        await using LocalFrontier frontier = await OpenAsync();
        await frontier.EnqueueAsync([Request(1), Request(2)], 2);
        HostLease lease = Assert.Single((await LeaseAsync(frontier, "w1")).Hosts);
        using HeldFlush held = new(_disk);
        Task<LeaseBatch> settling = frontier.LeaseAsync(new() { Worker = "w1", Settlements = [new Settlement.Done(lease.Key, 1, default)] }).AsTask();
        await held.ReachedAsync();
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal((2, 1), ((await frontier.GetStatsAsync()).Leased, (await frontier.GetStatsAsync()).LeasedHosts));
        Assert.Equal([lease.Key], await frontier.RenewAsync("w1", [lease.Key]));
        held.Release();

        Assert.Empty((await settling).Refused);
        Assert.Equal((1, 0), ((await frontier.GetStatsAsync()).Done, (await frontier.GetStatsAsync()).Leased));
        HostLease next = Assert.Single((await LeaseAsync(frontier, "w2")).Hosts);
        Assert.Equal(2, Assert.Single(next.Requests).Number);
        Settlement late = new Settlement.Done(lease.Key, 2, default);
        Assert.Equal([late], (await frontier.LeaseAsync(new() { Worker = "w1", Settlements = [late] })).Refused);
    }

    [Fact]
    public async Task A_lease_that_ends_while_writing_fails_gives_its_requests_back()
    {
        await using LocalFrontier frontier = await OpenAsync();
        await frontier.EnqueueAsync([Request(1), Request(2), Request(3)], 3);
        HostLease lease = Assert.Single((await LeaseAsync(frontier, "w1")).Hosts);
        using HeldFlush held = new(_disk);
        Task<LeaseBatch> settling = frontier.LeaseAsync(new() { Worker = "w1", Settlements = [new Settlement.Done(lease.Key, 2, default)], Releases = [new(lease.Key, default, "n")] }).AsTask();
        await held.ReachedAsync();
        _time.Advance(TimeSpan.FromSeconds(6));
        _disk.FailsToFlush = true;
        held.Release();

        await Assert.ThrowsAsync<FrontierException>(() => settling);
        _disk.FailsToFlush = false;
        HostLease next = Assert.Single((await LeaseAsync(frontier, "w2")).Hosts);
        Assert.Equal([1L, 2, 3], next.Requests.Select(request => request.Number));
        Assert.Null(next.Notes);
    }

    [Fact]
    public async Task A_call_is_cancelled_until_it_is_being_written_and_goes_through_after()
    {
        await using LocalFrontier frontier = await OpenAsync();
        using HeldFlush held = new(_disk);
        using CancellationTokenSource source = new();
        Task<int> written = frontier.EnqueueAsync([Request(1)], 1, source.Token).AsTask();
        await held.ReachedAsync();
        Task<int> gathered = frontier.EnqueueAsync([Request(2)], 2, source.Token).AsTask();
        await source.CancelAsync();
        held.Release();

        Assert.Equal(1, await written);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathered);
        Assert.Equal((1, 1), ((await frontier.GetStatsAsync()).Added, (await frontier.GetStatsAsync()).LastLine));
        Assert.Equal(1, await frontier.EnqueueAsync([Request(2)], 2));
    }

    [Fact]
    public async Task A_line_that_is_noted_beside_another_call_is_the_same_after_a_crash()
    {
        await using LocalFrontier frontier = await OpenAsync();
        using HeldFlush held = new(_disk);
        Task<int> first = frontier.EnqueueAsync([Request(1)], 1).AsTask();
        await held.ReachedAsync();
        Task<int>[] together = [frontier.EnqueueAsync([Request(7)], 7).AsTask(), frontier.EnqueueAsync([Request(100)], 0).AsTask()];
        held.Release();
        int[] added = await Task.WhenAll([first, .. together]);
        Assert.Equal([1, 1, 1], added);

        using JobFolder copy = _folder.Copy();
        await using LocalFrontier crashed = await LocalFrontier.OpenAsync(copy.Path);
        Assert.Equal(7, (await frontier.GetStatsAsync()).LastLine);
        Assert.Equal(7, (await crashed.GetStatsAsync()).LastLine);
    }

    private static BulkRequest Request(int line) => new() { Id = RequestId.Of("GET", $"https://h/{line}", []), Url = $"https://h/{line}", Host = "h", Line = line };

    private static ValueTask<LeaseBatch> LeaseAsync(LocalFrontier frontier, string worker) =>
        frontier.LeaseAsync(new() { Worker = worker, MaxHosts = 1, Duration = TimeSpan.FromSeconds(5) });

    private async Task<LocalFrontier> OpenAsync() =>
        await LocalFrontier.OpenAsync(_folder.Path, new() { TimeProvider = _time, OpenDevice = path => new FullDevice(path, _disk) });
}
