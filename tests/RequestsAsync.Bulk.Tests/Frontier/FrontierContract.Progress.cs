namespace RequestsAsync.Bulk.Tests;

/// <summary>How a job stands.</summary>
public abstract partial class FrontierContract
{
    [Fact]
    public async Task A_job_is_finished_once_its_input_has_ended_and_all_is_done()
    {
        Assert.Equal(FrontierState.Open, (await Frontier.GetStatsAsync()).State);
        await AddAsync("a", "1", "2");
        HostLease lease = await LeaseOneAsync();
        Assert.Equal(FrontierState.Open, (await SettleAsync(Done(lease, lease.Requests[0]))).State);
        await Frontier.CompleteInputAsync();

        // What is held is not done.
        Assert.Equal(FrontierState.Open, (await Frontier.GetStatsAsync()).State);
        Assert.Equal(FrontierState.Finished, (await SettleAsync(Done(lease, lease.Requests[1]))).State);
        Assert.Equal(FrontierState.Finished, (await Frontier.GetStatsAsync()).State);
    }

    [Fact]
    public async Task A_job_is_not_finished_before_its_input_has_ended()
    {
        await AddAsync("a", "1");
        HostLease lease = await LeaseOneAsync();
        Assert.Equal(FrontierState.Open, (await SettleAsync(Done(lease, lease.Requests[0]))).State);

        await Frontier.CompleteInputAsync();
        Assert.Equal(FrontierState.Finished, (await LeaseAsync(1)).State);
    }

    [Fact]
    public async Task A_job_of_nothing_is_finished_when_its_input_has_ended()
    {
        await Frontier.CompleteInputAsync();

        FrontierStats stats = await Frontier.GetStatsAsync();
        Assert.Equal(FrontierState.Finished, stats.State);
        Assert.True(stats.InputCompleted);
    }

    [Fact]
    public async Task A_job_with_a_request_to_be_tried_again_is_not_finished()
    {
        await AddAsync("a", "1");
        await Frontier.CompleteInputAsync();
        HostLease lease = await LeaseOneAsync();

        Assert.Equal(FrontierState.Open, (await ReleaseAsync(lease, settlements: Again(lease, lease.Requests[0], 10 * Unit))).State);
    }

    [Fact]
    public async Task A_cancelled_job_leases_nothing_and_takes_what_is_settled()
    {
        await AddAsync("a", "1", "2");
        await AddAsync("b", "1");
        HostLease lease = await LeaseOneAsync(1);
        await CancelAsync(Frontier);

        Assert.Empty((await LeaseAsync(5)).Hosts);
        Assert.Empty((await MoreAsync(lease, 1)).Hosts);
        LeaseBatch batch = await ReleaseAsync(lease, settlements: Done(lease, lease.Requests[0]));
        Assert.Empty(batch.Refused);
        Assert.Equal(FrontierState.Cancelled, batch.State);
        Assert.Equal(1, (await Frontier.GetStatsAsync()).Done);

        await ReopenAsync();
        Assert.Equal(FrontierState.Cancelled, (await Frontier.GetStatsAsync()).State);
    }

    [Fact]
    public async Task Stats_count_requests_and_hosts()
    {
        await AddAsync("a", "1", "2", "3");
        await AddAsync("b", "1");
        await AddAsync("c", "1");
        HostLease lease = await LeaseOneAsync(2);
        await SettleAsync(Done(lease, lease.Requests[0]));
        await Frontier.BlockHostAsync("b", 20 * Unit);

        FrontierStats stats = await Frontier.GetStatsAsync();

        Assert.Equal(5, stats.Added);
        Assert.Equal(1, stats.Done);
        Assert.Equal(1, stats.Leased);
        Assert.Equal(3, stats.Waiting);
        Assert.Equal(3, stats.Hosts);
        Assert.Equal(1, stats.LeasedHosts);
        Assert.Equal(1, stats.BlockedHosts);
        Assert.False(stats.InputCompleted);
    }

    [Fact]
    public async Task Stats_know_leases_that_have_ended()
    {
        await AddAsync("a", "1");
        await LeaseOneAsync(duration: 5 * Unit);
        await PassAsync(6 * Unit);

        FrontierStats stats = await Frontier.GetStatsAsync();

        Assert.Equal(0, stats.Leased);
        Assert.Equal(0, stats.LeasedHosts);
        Assert.Equal(1, stats.Waiting);
    }

    [Fact]
    public async Task The_last_line_is_kept_also_where_it_brought_nothing()
    {
        Assert.Equal(0, (await Frontier.GetStatsAsync()).LastLine);
        await Frontier.EnqueueAsync([Request("a", "1", 1), Request("a", "1", 2)], 2);
        Assert.Equal(2, (await Frontier.GetStatsAsync()).LastLine);
        await Frontier.EnqueueAsync([], 9);

        Assert.Equal(9, (await Frontier.GetStatsAsync()).LastLine);
        await ReopenAsync();
        Assert.Equal(9, (await Frontier.GetStatsAsync()).LastLine);
    }
}
