namespace RequestsAsync.Bulk.Tests;

/// <summary>Leases: exclusive, fenced, renewed, lost.</summary>
public abstract partial class FrontierContract
{
    [Fact]
    public async Task A_held_host_is_nobody_elses()
    {
        await AddAsync("a", "1", "2");
        HostLease lease = await LeaseOneAsync(1);

        Assert.Equal(TimeSpan.FromMinutes(10), lease.Duration);
        Assert.Empty((await LeaseAsync(5, worker: "w2")).Hosts);
        Assert.Empty((await LeaseAsync(5)).Hosts);

        await ReleaseAsync(lease, settlements: Done(lease, lease.Requests[0]));
        Assert.Equal(["2"], Paths(await LeaseOneAsync(worker: "w2")));
    }

    [Fact]
    public async Task Later_leases_have_greater_fences()
    {
        await AddAsync("a", "1");
        long last = 0;
        for (int i = 0; i < 5; i++)
        {
            HostLease lease = await LeaseOneAsync();
            Assert.True(lease.Key.Fence > last);
            last = lease.Key.Fence;
            await ReleaseAsync(lease);
        }
    }

    [Fact]
    public async Task What_comes_with_an_old_fence_is_refused_and_the_rest_takes_effect()
    {
        await AddAsync("a", "1", "2");
        await AddAsync("b", "1", "2");
        LeaseBatch old = await LeaseAsync(2, duration: 10 * Unit);
        await PassAsync(11 * Unit);
        HostLease taken = await LeaseOneAsync(worker: "w2");
        Assert.Equal("a", taken.Key.Host);
        HostLease held = await LeaseOneAsync();
        Settlement late = Done(old.Hosts[0], old.Hosts[0].Requests[0]);
        Settlement lateAgain = Again(old.Hosts[0], old.Hosts[0].Requests[1], TimeSpan.Zero, host: "c");

        LeaseBatch batch = await Frontier.LeaseAsync(new()
        {
            Worker = "w1",
            MaxHosts = 5,
            Settlements = [late, Done(held, held.Requests[0]), lateAgain],
            Releases = [new(old.Hosts[0].Key, TimeSpan.Zero, "zombie"), new(held.Key, TimeSpan.Zero, "fine")],
            More = [new(old.Hosts[0].Key, 5)],
        });

        Assert.Equal([late, lateAgain], batch.Refused);
        Assert.Equal([old.Hosts[0].Key], batch.Lost.Distinct());
        HostLease next = Assert.Single(batch.Hosts);
        Assert.Equal("b", next.Key.Host);
        Assert.Equal(["2"], Paths(next));
        Assert.Equal("fine", next.Notes);
        Assert.Equal(1, (await Frontier.GetStatsAsync()).Done);

        Assert.Empty((await ReleaseAsync(taken, settlements: Done(taken, taken.Requests[0]))).Refused);
        HostLease rest = await LeaseOneAsync();
        Assert.Equal(["2"], Paths(rest));
        Assert.Null(rest.Notes);
    }

    [Fact]
    public async Task A_renewed_lease_goes_on()
    {
        await AddAsync("a", "1");
        HostLease lease = await LeaseOneAsync(duration: 20 * Unit);
        await PassAsync(12 * Unit);
        Assert.Empty(await Frontier.RenewAsync("w1", [lease.Key]));
        await PassAsync(12 * Unit);

        Assert.Empty((await LeaseAsync(1, worker: "w2")).Hosts);
        Assert.Empty((await SettleAsync(Done(lease, lease.Requests[0]))).Refused);
    }

    [Fact]
    public async Task Asking_for_more_renews_a_lease()
    {
        await AddAsync("a", "1");
        HostLease lease = await LeaseOneAsync(duration: 20 * Unit);
        await PassAsync(12 * Unit);
        await Frontier.LeaseAsync(new() { Worker = "w1", Duration = 20 * Unit, More = [new(lease.Key, 1)] });
        await PassAsync(12 * Unit);

        Assert.Empty((await SettleAsync(Done(lease, lease.Requests[0]))).Refused);
    }

    [Fact]
    public async Task Lost_leases_are_told_when_they_are_renewed()
    {
        await AddAsync("a", "1");
        await AddAsync("b", "1");
        await AddAsync("c", "1");
        HostLease a = await LeaseOneAsync(duration: 5 * Unit), b = await LeaseOneAsync(), c = await LeaseOneAsync(worker: "w2");
        await PassAsync(6 * Unit);
        Assert.Equal("a", (await LeaseOneAsync(worker: "w2")).Key.Host);

        IReadOnlyList<LeaseKey> lost = await Frontier.RenewAsync("w1", [a.Key, b.Key, c.Key, new("unknown", 1)]);

        Assert.Equal([a.Key, c.Key, new("unknown", 1)], lost);
    }

    [Fact]
    public async Task A_released_lease_is_over()
    {
        await AddAsync("a", "1", "2");
        HostLease lease = await LeaseOneAsync();
        await ReleaseAsync(lease);

        Settlement late = Done(lease, lease.Requests[0]);
        LeaseBatch batch = await SettleAsync(late);

        Assert.Equal([late], batch.Refused);
        Assert.Equal([lease.Key], batch.Lost);
        Assert.Equal([lease.Key], await Frontier.RenewAsync("w1", [lease.Key]));
        Assert.Equal([lease.Key], (await MoreAsync(lease, 1)).Lost);
        Assert.Equal(["1", "2"], Paths(await LeaseOneAsync()));
    }

    [Fact]
    public async Task Notes_are_kept_for_the_next_holder()
    {
        await AddAsync("a", "1", "2");
        HostLease lease = await LeaseOneAsync();
        Assert.Null(lease.Notes);

        await ReleaseAsync(lease, notes: "robots ✓");
        lease = await LeaseOneAsync();
        Assert.Equal("robots ✓", lease.Notes);

        await ReleaseAsync(lease);
        lease = await LeaseOneAsync();
        Assert.Equal("robots ✓", lease.Notes);

        await ReleaseAsync(lease, notes: "");
        Assert.Equal("", (await LeaseOneAsync()).Notes);
    }
}
