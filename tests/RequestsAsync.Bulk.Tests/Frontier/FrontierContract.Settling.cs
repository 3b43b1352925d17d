namespace RequestsAsync.Bulk.Tests;

/// <summary>What becomes of leased requests.</summary>
public abstract partial class FrontierContract
{
    [Fact]
    public async Task What_is_done_does_not_come_again()
    {
        await AddAsync("a", "1", "2", "3");
        HostLease lease = await LeaseOneAsync();

        LeaseBatch batch = await ReleaseAsync(lease, settlements: [Done(lease, lease.Requests[0]), Done(lease, lease.Requests[2])]);

        Assert.Empty(batch.Refused);
        Assert.Empty(batch.Lost);
        Assert.Equal(["2"], Paths(await LeaseOneAsync()));
    }

    [Fact]
    public async Task A_request_is_settled_once()
    {
        await AddAsync("a", "1", "2");
        HostLease lease = await LeaseOneAsync();
        Settlement done = Done(lease, lease.Requests[0]);

        Assert.Empty((await SettleAsync(done)).Refused);
        Assert.Equal([done], (await SettleAsync(done)).Refused);
        Assert.Equal([done], (await SettleAsync(Done(lease, lease.Requests[1]), done)).Refused);
        Assert.Equal(2, (await Frontier.GetStatsAsync()).Done);
    }

    [Fact]
    public async Task What_failed_keeps_its_attempts_and_state()
    {
        await AddAsync("a", "1");
        HostLease lease = await LeaseOneAsync();
        await ReleaseAsync(lease, settlements: Again(lease, lease.Requests[0], TimeSpan.Zero, 3, state: "€"));

        HostLease second = await LeaseOneAsync();
        LeasedRequest again = Assert.Single(second.Requests);

        Assert.Equal(lease.Requests[0].Number, again.Number);
        Assert.Equal(3, again.Attempts);
        Assert.Equal("€", again.State);

        await ReleaseAsync(second);
        again = Assert.Single((await LeaseOneAsync()).Requests);
        Assert.Equal(3, again.Attempts);
        Assert.Equal("€", again.State);
    }

    [Fact]
    public async Task The_delay_of_one_request_does_not_hold_up_its_host()
    {
        await AddAsync("a", "1", "2");
        HostLease lease = await LeaseOneAsync(1);
        await ReleaseAsync(lease, settlements: Again(lease, lease.Requests[0], 20 * Unit));

        HostLease second = await LeaseOneAsync();
        Assert.Equal(["2"], Paths(second));
        LeaseBatch released = await ReleaseAsync(second, settlements: Done(second, second.Requests[0]));
        Assert.InRange(released.NextReady!.Value, 5 * Unit, 20 * Unit);
        Assert.Empty((await LeaseAsync(1)).Hosts);

        await PassAsync(21 * Unit);
        Assert.Equal(["1"], Paths(await LeaseOneAsync()));
    }

    [Fact]
    public async Task A_delayed_request_is_more_of_a_held_host_when_its_time_has_come()
    {
        await AddAsync("a", "1");
        HostLease lease = await LeaseOneAsync();
        await SettleAsync(Again(lease, lease.Requests[0], 10 * Unit));

        Assert.Empty((await MoreAsync(lease, 1)).Hosts);
        await PassAsync(11 * Unit);
        Assert.Equal(["1"], Paths(Assert.Single((await MoreAsync(lease, 1)).Hosts)));
    }

    [Fact]
    public async Task A_request_may_move_to_another_host()
    {
        await AddAsync("a", "1", "2");
        HostLease lease = await LeaseOneAsync(1);
        await SettleAsync(Again(lease, lease.Requests[0], TimeSpan.Zero, 1, "b", "moved"));

        HostLease other = await LeaseOneAsync();
        LeasedRequest moved = Assert.Single(other.Requests);

        Assert.Equal("b", other.Key.Host);
        Assert.Equal(lease.Requests[0].Number, moved.Number);
        Assert.Equal("a", moved.Request.Host);
        Assert.Equal("moved", moved.State);

        await ReleaseAsync(other);
        Assert.Equal("b", (await LeaseOneAsync()).Key.Host);
    }

    [Fact]
    public async Task Unsettled_requests_return_to_the_front_when_their_host_is_released()
    {
        await AddAsync("a", "1", "2", "3", "4", "5", "6");
        HostLease lease = await LeaseOneAsync(4);
        await ReleaseAsync(lease, settlements: Done(lease, lease.Requests[1]));

        HostLease second = await LeaseOneAsync(4);
        Assert.Equal(["1", "3", "4", "5"], Paths(second));
        await ReleaseAsync(second);
        Assert.Equal(["1", "3", "4", "5", "6"], Paths(await LeaseOneAsync()));
    }

    [Fact]
    public async Task Unsettled_requests_return_to_the_front_when_their_lease_ends()
    {
        await AddAsync("a", "1", "2", "3", "4");
        HostLease lease = await LeaseOneAsync(3, duration: 10 * Unit);
        await SettleAsync(Done(lease, lease.Requests[0]));
        Assert.Empty((await LeaseAsync(1, worker: "w2")).Hosts);
        await PassAsync(11 * Unit);

        HostLease second = await LeaseOneAsync(worker: "w2");

        Assert.Equal(["2", "3", "4"], Paths(second));
        Assert.True(second.Key.Fence > lease.Key.Fence);
    }
}
