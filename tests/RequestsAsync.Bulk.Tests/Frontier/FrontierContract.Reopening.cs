namespace RequestsAsync.Bulk.Tests;

/// <summary>What is still there when a job is opened again.</summary>
public abstract partial class FrontierContract
{
    [Fact]
    public async Task Requests_are_still_there_after_reopening()
    {
        await AddAsync("a", "1", "2");
        await AddAsync("b", "1");
        await AddAsync("a", "3");
        await ReopenAsync();

        Assert.Equal(0, await AddAsync("a", "1", "2", "3"));
        LeaseBatch batch = await LeaseAsync(5);

        Assert.Equal(["1", "2", "3"], Paths(batch.Hosts.Single(host => host.Key.Host == "a")));
        Assert.Equal(["1"], Paths(batch.Hosts.Single(host => host.Key.Host == "b")));
    }

    [Fact]
    public async Task What_was_settled_is_still_settled_after_reopening()
    {
        await AddAsync("a", "1", "2", "3", "4");
        HostLease lease = await LeaseOneAsync(3);
        await ReleaseAsync(lease, 5 * Unit, "notes", Done(lease, lease.Requests[0]), Again(lease, lease.Requests[1], TimeSpan.Zero, 2, "b", "state"));
        await ReopenAsync();
        await PassAsync(6 * Unit);

        Assert.Equal(0, await AddAsync("a", "1"));
        LeaseBatch batch = await LeaseAsync(5);

        HostLease a = batch.Hosts.Single(host => host.Key.Host == "a"), b = batch.Hosts.Single(host => host.Key.Host == "b");
        Assert.Equal(["3", "4"], Paths(a));
        Assert.Equal("notes", a.Notes);
        Assert.True(a.Key.Fence > lease.Key.Fence);
        LeasedRequest moved = Assert.Single(b.Requests);
        Assert.Equal("2", Path(moved.Request));
        Assert.Equal(2, moved.Attempts);
        Assert.Equal("state", moved.State);
        Assert.Equal(lease.Requests[1].Number, moved.Number);
    }

    [Fact]
    public async Task Unsettled_requests_come_again_after_reopening()
    {
        await AddAsync("a", "1", "2", "3", "4");
        HostLease lease = await LeaseOneAsync(3, duration: 5 * Unit);
        await SettleAsync(Done(lease, lease.Requests[0]));
        await ReopenAsync();
        await PassAsync(6 * Unit);

        HostLease again = await LeaseOneAsync();

        Assert.Equal(["2", "3", "4"], Paths(again));
        Assert.True(again.Key.Fence > lease.Key.Fence);
        Settlement late = Done(lease, lease.Requests[1]);
        Assert.Equal([late], (await SettleAsync(late)).Refused);
    }

    [Fact]
    public async Task Blocks_and_delays_still_bind_after_reopening()
    {
        await AddAsync("a", "1");
        await AddAsync("b", "1");
        await AddAsync("c", "1");
        HostLease a = await LeaseOneAsync(), b = await LeaseOneAsync();
        await ReleaseAsync(a, 40 * Unit);
        await ReleaseAsync(b, settlements: Again(b, b.Requests[0], 40 * Unit));
        await Frontier.BlockHostAsync("c", 40 * Unit);
        await Frontier.BlockHostAsync("d", 40 * Unit);
        await ReopenAsync();
        await AddAsync("d", "1");

        Assert.Empty((await LeaseAsync(5)).Hosts);
        await PassAsync(41 * Unit);
        Assert.Equal(["a", "b", "c", "d"], (await LeaseAsync(5)).Hosts.Select(host => host.Key.Host).Order());
    }

    [Fact]
    public async Task Stats_are_the_same_after_reopening()
    {
        await AddAsync("a", "1", "2");
        await AddAsync("b", "1");
        HostLease lease = await LeaseOneAsync();
        await ReleaseAsync(lease, settlements: Done(lease, lease.Requests[0]));
        await Frontier.CompleteInputAsync();
        FrontierStats before = await Frontier.GetStatsAsync();
        await ReopenAsync();

        Assert.Equal(before, await Frontier.GetStatsAsync());
    }

    [Fact]
    public async Task A_finished_job_is_still_finished_after_reopening()
    {
        await AddAsync("a", "1");
        await Frontier.CompleteInputAsync();
        HostLease lease = await LeaseOneAsync();
        await ReleaseAsync(lease, settlements: Done(lease, lease.Requests[0]));
        await ReopenAsync();

        Assert.Equal(FrontierState.Finished, (await LeaseAsync(1)).State);
    }
}
