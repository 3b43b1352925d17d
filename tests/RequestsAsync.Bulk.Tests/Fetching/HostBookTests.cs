namespace RequestsAsync.Bulk.Tests;

public sealed class HostBookTests
{
    [Fact]
    public void A_host_that_stands_in_line_is_left_alone_once_it_is_owed_a_delay()
    {
        ManualTime time = new();
        HostBook book = new(new() { TimeProvider = time });
        book.Take(new() { Hosts = [Lease(2)] }, new() { Worker = "w" }, time.GetTimestamp());
        Assert.True(book.TryTakeReady(out HostTurn host));
        book.Next(host);
        book.Offer(host);

        host.NextAt = time.GetTimestamp() + time.TimestampFrequency;

        Assert.False(book.TryTakeReady(out _));
        Assert.Equal(host.NextAt, book.NextAt);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(book.TryTakeReady(out HostTurn again));
        Assert.Same(host, again);
    }

    [Fact]
    public void What_robots_ask_for_holds_for_as_long_as_they_do()
    {
        HostTurn host = new(new("h", 1), null, new() { AutoThrottle = true, Delay = TimeSpan.FromSeconds(1) });
        host.Rules["http://h"] = new(RobotsRules.Parse("User-agent: *\nCrawl-delay: 5", "x"), DateTimeOffset.MaxValue);
        host.KeepCrawlDelays();

        host.SetDelay(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(5), host.Delay);
        host.Rules["http://h"] = new(RobotsRules.Parse("", "x"), DateTimeOffset.MaxValue);
        host.KeepCrawlDelays();
        host.SetDelay(TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromSeconds(1), host.Delay);
    }

    private static HostLease Lease(int requests) => new()
    {
        Key = new("h", 1),
        Duration = TimeSpan.FromMinutes(1),
        Requests = [.. Enumerable.Range(1, requests).Select(i => new LeasedRequest(i, new() { Id = new((UInt128)i), Url = $"http://h/{i}", Host = "h" }, 0, null))],
    };
}
