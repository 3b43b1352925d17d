namespace RequestsAsync.Bulk.Tests;

/// <summary>Queues: order, repetitions, how much a lease brings.</summary>
public abstract partial class FrontierContract
{
    [Fact]
    public async Task Requests_of_a_host_come_in_the_order_they_were_added()
    {
        await AddAsync("a", "1", "2");
        await AddAsync("b", "1");
        await AddAsync("a", "3");

        LeaseBatch batch = await LeaseAsync(10);

        Assert.Equal(["a", "b"], batch.Hosts.Select(host => host.Key.Host));
        Assert.Equal(["1", "2", "3"], Paths(batch.Hosts[0]));
        Assert.Equal(["1"], Paths(batch.Hosts[1]));
    }

    [Fact]
    public async Task A_request_comes_back_as_it_was_added()
    {
        BulkRequest request = new()
        {
            Id = RequestId.Of("POST", "https://a/ä?q=€", "\0body"u8),
            Line = 7,
            Method = "POST",
            Url = "https://a/ä?q=€",
            Host = "a",
            Headers = [new("x-one", "1"), new("X-One", "zwei ✓"), new("x-none", "")],
            Content = "\0body"u8.ToArray(),
            Meta = """{"tag":[1,null,"ü"]}""",
        };
        BulkRequest bad = new() { Id = RequestId.Of("", "no url", "8"u8), Line = 8, Method = "", Url = "no url", Host = "", Problem = "This is no URL." };
        await Frontier.EnqueueAsync([request, bad], 8);

        LeaseBatch batch = await LeaseAsync(10);

        LeasedRequest leased = Assert.Single(Assert.Single(batch.Hosts, host => host.Key.Host == "a").Requests);
        AssertSame(request, leased.Request);
        Assert.Equal(0, leased.Attempts);
        Assert.Null(leased.State);
        AssertSame(bad, Assert.Single(Assert.Single(batch.Hosts, host => host.Key.Host == "").Requests).Request);

        static void AssertSame(BulkRequest expected, BulkRequest actual)
        {
            Assert.Equal(expected.Headers, actual.Headers);
            Assert.Equal(expected.Content.ToArray(), actual.Content.ToArray());
            Assert.Equal(expected, actual with { Headers = expected.Headers, Content = expected.Content });
        }
    }

    [Fact]
    public async Task Repetitions_are_left_out_of_one_call() => Assert.Equal(2, await AddAsync("a", "1", "2", "1", "2"));

    [Fact]
    public async Task Repetitions_are_left_out_of_later_calls()
    {
        await AddAsync("a", "1", "2");

        Assert.Equal(1, await AddAsync("a", "2", "3", "1"));
        Assert.Equal(["1", "2", "3"], Paths(await LeaseOneAsync()));
    }

    [Fact]
    public async Task What_is_done_is_not_added_again()
    {
        await AddAsync("a", "1");
        HostLease lease = await LeaseOneAsync();
        await ReleaseAsync(lease, settlements: Done(lease, lease.Requests[0]));

        Assert.Equal(0, await AddAsync("a", "1"));
        Assert.Empty((await LeaseAsync(1)).Hosts);
        Assert.Equal(1, (await Frontier.GetStatsAsync()).Added);
    }

    [Fact]
    public async Task Numbers_tell_requests_apart()
    {
        await AddAsync("a", "1", "2", "3");
        await AddAsync("b", "1", "2", "3");

        LeaseBatch batch = await LeaseAsync(2);

        Assert.Equal(6, batch.Hosts.SelectMany(host => host.Requests).Select(request => request.Number).Where(number => number > 0).Distinct().Count());
    }

    [Fact]
    public async Task No_more_hosts_and_requests_come_than_were_asked_for()
    {
        foreach (string host in (string[])["a", "b", "c"]) await AddAsync(host, "1", "2", "3");

        LeaseBatch first = await LeaseAsync(2, 2);
        LeaseBatch second = await LeaseAsync(2, 5);

        Assert.Equal(["a", "b"], first.Hosts.Select(host => host.Key.Host));
        Assert.All(first.Hosts, host => Assert.Equal(["1", "2"], Paths(host)));
        Assert.Equal(["c"], second.Hosts.Select(host => host.Key.Host));
        Assert.Equal(["1", "2", "3"], Paths(second.Hosts[0]));
    }

    [Fact]
    public async Task No_host_comes_when_none_was_asked_for()
    {
        await AddAsync("a", "1");

        LeaseBatch batch = await LeaseAsync(0);

        Assert.Empty(batch.Hosts);
        Assert.Equal(TimeSpan.Zero, batch.NextReady);
    }

    [Fact]
    public async Task More_of_a_held_host_goes_on_where_the_lease_ended()
    {
        await AddAsync("a", "1", "2", "3", "4");
        HostLease lease = await LeaseOneAsync(2);

        LeaseBatch batch = await MoreAsync(lease, 1);

        HostLease more = Assert.Single(batch.Hosts);
        Assert.Equal(lease.Key, more.Key);
        Assert.Equal(["3"], Paths(more));
        Assert.Equal(["4"], Paths(Assert.Single((await MoreAsync(lease, 5)).Hosts)));
        Assert.Empty((await MoreAsync(lease, 5)).Hosts);
    }

    [Fact]
    public async Task What_is_added_to_a_held_host_is_more_of_it()
    {
        await AddAsync("a", "1");
        HostLease lease = await LeaseOneAsync();
        await AddAsync("a", "2");

        Assert.Empty((await LeaseAsync(5, worker: "w2")).Hosts);
        Assert.Equal(["2"], Paths(Assert.Single((await MoreAsync(lease, 5)).Hosts)));
    }

    [Fact]
    public async Task The_host_that_waited_longest_comes_first()
    {
        foreach (string host in (string[])["a", "b", "c"]) await AddAsync(host, "1", "2");
        HostLease first = await LeaseOneAsync(1);
        Assert.Equal("a", first.Key.Host);
        await ReleaseAsync(first, settlements: Done(first, first.Requests[0]));

        Assert.Equal(["b", "c", "a"], (await LeaseAsync(3)).Hosts.Select(host => host.Key.Host));
    }

    private ValueTask<LeaseBatch> MoreAsync(HostLease lease, int count, string worker = "w1") =>
        Frontier.LeaseAsync(new() { Worker = worker, Duration = TimeSpan.FromMinutes(10), More = [new(lease.Key, count)] });
}
