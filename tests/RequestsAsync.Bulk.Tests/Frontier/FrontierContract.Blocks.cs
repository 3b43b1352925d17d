namespace RequestsAsync.Bulk.Tests;

/// <summary>Blocks and delays of hosts, and waiting for them.</summary>
public abstract partial class FrontierContract
{
    [Fact]
    public async Task A_blocked_host_is_leased_to_nobody()
    {
        await AddAsync("a", "1");
        await AddAsync("b", "1");
        await Frontier.BlockHostAsync("a", 20 * Unit);

        LeaseBatch batch = await LeaseAsync(5);

        Assert.Equal("b", Assert.Single(batch.Hosts).Key.Host);
        Assert.InRange(batch.NextReady!.Value, 5 * Unit, 20 * Unit);
        Assert.Equal(1, (await Frontier.GetStatsAsync()).BlockedHosts);

        await PassAsync(21 * Unit);
        Assert.Equal(0, (await Frontier.GetStatsAsync()).BlockedHosts);
        Assert.Equal("a", (await LeaseOneAsync(worker: "w2")).Key.Host);
    }

    [Fact]
    public async Task A_block_is_not_shortened_by_a_later_one()
    {
        await AddAsync("a", "1");
        await Frontier.BlockHostAsync("a", 30 * Unit);
        await Frontier.BlockHostAsync("a", Unit);
        await PassAsync(10 * Unit);
        Assert.Empty((await LeaseAsync(1)).Hosts);

        await PassAsync(21 * Unit);
        Assert.Single((await LeaseAsync(1)).Hosts);
    }

    [Fact]
    public async Task A_block_is_lengthened_by_a_later_one()
    {
        await AddAsync("a", "1");
        await Frontier.BlockHostAsync("a", Unit);
        await Frontier.BlockHostAsync("a", 30 * Unit);
        await PassAsync(10 * Unit);

        Assert.Empty((await LeaseAsync(1)).Hosts);
    }

    [Fact]
    public async Task A_block_of_a_host_nobody_knows_counts_for_what_comes_later()
    {
        await Frontier.BlockHostAsync("a", 20 * Unit);
        Assert.Equal(0, (await Frontier.GetStatsAsync()).Hosts);
        await AddAsync("a", "1");
        Assert.Empty((await LeaseAsync(1)).Hosts);

        await PassAsync(21 * Unit);
        Assert.Single((await LeaseAsync(1)).Hosts);
    }

    [Fact]
    public async Task A_block_of_a_held_host_binds_once_it_is_released()
    {
        await AddAsync("a", "1", "2");
        HostLease lease = await LeaseOneAsync(1);
        await Frontier.BlockHostAsync("a", 20 * Unit);

        Assert.Equal(["2"], Paths(Assert.Single((await MoreAsync(lease, 1)).Hosts)));
        Assert.Empty((await ReleaseAsync(lease, settlements: Done(lease, lease.Requests[0]))).Refused);
        Assert.Empty((await LeaseAsync(1)).Hosts);

        await PassAsync(21 * Unit);
        Assert.Equal(["2"], Paths(await LeaseOneAsync()));
    }

    [Fact]
    public async Task A_released_host_waits_for_the_delay_that_it_is_owed()
    {
        await AddAsync("a", "1");
        HostLease lease = await LeaseOneAsync();

        LeaseBatch batch = await ReleaseAsync(lease, 20 * Unit);

        Assert.InRange(batch.NextReady!.Value, 5 * Unit, 20 * Unit);
        Assert.Empty((await LeaseAsync(1)).Hosts);
        await PassAsync(21 * Unit);
        Assert.Single((await LeaseAsync(1)).Hosts);
    }

    [Fact]
    public async Task The_next_host_is_told_only_where_there_is_one()
    {
        Assert.Null((await LeaseAsync(1)).NextReady);
        await AddAsync("a", "1");
        await AddAsync("b", "1");

        Assert.Equal(TimeSpan.Zero, (await LeaseAsync(1)).NextReady);
        Assert.Null((await LeaseAsync(1)).NextReady);
    }

    [Fact]
    public async Task Waiting_ends_when_requests_are_added()
    {
        Task waiting = Frontier.WaitAsync(TimeSpan.FromMinutes(10)).AsTask();
        Assert.False(waiting.IsCompleted);
        await AddAsync("a", "1");

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        await Frontier.WaitAsync(TimeSpan.FromMinutes(10)).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Waiting_ends_when_the_time_of_a_host_has_come()
    {
        await AddAsync("a", "1");
        await Frontier.BlockHostAsync("a", 5 * Unit);
        Task waiting = Frontier.WaitAsync(TimeSpan.FromMinutes(10)).AsTask();
        Assert.False(waiting.IsCompleted);

        await PassAsync(6 * Unit);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single((await LeaseAsync(1)).Hosts);
    }

    [Fact]
    public async Task Waiting_ends_when_a_lease_has_ended()
    {
        await AddAsync("a", "1");
        await LeaseOneAsync(duration: 5 * Unit);
        Task waiting = Frontier.WaitAsync(TimeSpan.FromMinutes(10)).AsTask();

        await PassAsync(6 * Unit);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single((await LeaseAsync(1)).Hosts);
    }

    [Fact]
    public async Task Waiting_ends_after_the_time_given()
    {
        Task waiting = Frontier.WaitAsync(5 * Unit).AsTask();
        Assert.False(waiting.IsCompleted);

        await PassAsync(6 * Unit);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Waiting_can_be_ended()
    {
        using CancellationTokenSource source = new();
        Task waiting = Frontier.WaitAsync(TimeSpan.FromMinutes(10), source.Token).AsTask();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
