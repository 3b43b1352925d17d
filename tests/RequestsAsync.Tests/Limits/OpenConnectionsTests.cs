namespace RequestsAsync.Tests;

/// <summary>How many connections are open, idle ones and those that are being opened included.</summary>
public sealed class OpenConnectionsTests
{
    private const int Limit = 6;

    [Fact]
    public async Task The_limit_holds_when_all_turn_to_another_host_at_once()
    {
        await using FaultyServer one = Together();
        await using FaultyServer other = Together();
        await using Session session = new(new() { Limits = new() { MaxConnections = Limit } });

        await Task.WhenAll(Enumerable.Range(0, Limit).Select(_ => session.GetAsync(one.Url)));
        Assert.Equal(Limit, session.Network!.Connector.Open.Count);
        await Task.WhenAll(Enumerable.Range(0, Limit).Select(_ => session.GetAsync(other.Url)));

        Assert.Equal(Limit, session.Network!.Connector.Open.Count);
        Assert.Equal(Limit, other.ConnectionCount);
    }

    [Fact]
    public async Task A_burst_as_large_as_the_limit_costs_no_request_its_connection()
    {
        await using FaultyServer server = Endless();
        await using Session session = new(new() { Limits = new() { MaxConnections = 32 } });

        // Whoever finds no idle connection opens one, while those that become idle are handed on: none of these may be taken for superfluous.
        for (int burst = 0; burst < 40; burst++)
        {
            Response[] all = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => session.GetAsync(server.Url)));
            Assert.All(all, response => Assert.Equal((200, 1), (response.StatusCode, response.Attempts)));
        }
    }

    [Fact]
    public async Task An_idle_connection_gives_way_to_one_to_another_host_and_not_to_one_to_its_own()
    {
        await using FaultyServer server = Endless();
        await using Session session = new(new() { Limits = new() { MaxConnections = 1 } });
        await session.GetAsync(server.Url);
        OpenConnections open = session.Network!.Connector.Open;
        Uri url = new(server.Url);

        open.Begin(url.Host, url.Port);
        Assert.Equal(1, open.Count);
        open.Begin("other.test", url.Port);

        Assert.Equal(0, open.Count);
    }

    [Fact]
    public async Task Limits_that_no_timer_knows_take_no_request_its_place()
    {
        int connections = 0;
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            if (Interlocked.Increment(ref connections) == 1) return; // no TLS here

            while (await connection.ReadHeadAsync() is not null)
                await connection.WriteAsync(ProxyServer.Ok);
        });
        TimeSpan days = TimeSpan.FromDays(40);
        await using Session session = new(new()
        {
            Limits = new() { MaxConnections = 1 },
            Timeout = new Timeouts { Read = days, Connect = days, Tls = days, Total = Timeout.InfiniteTimeSpan },
        });

        await Assert.ThrowsAnyAsync<TransportException>(() => session.GetAsync(server.Url.Replace("http:", "https:", StringComparison.Ordinal)).WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal(200, (await session.GetAsync(server.Url)).StatusCode);
    }

    private static FaultyServer Endless() => FaultyServer.Start(script => script.ReadHead().Write(ProxyServer.Ok).Repeat());

    // Answers when as many have asked as may.
    private static FaultyServer Together()
    {
        int asked = 0;
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return FaultyServer.Serve(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
            {
                if (Interlocked.Increment(ref asked) == Limit) all.SetResult();
                await all.Task.WaitAsync(connection.Stop);
                await connection.WriteAsync(ProxyServer.Ok);
            }
        });
    }
}
