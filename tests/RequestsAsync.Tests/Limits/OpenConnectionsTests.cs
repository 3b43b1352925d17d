namespace RequestsAsync.Tests;

/// <summary>How many connections are open, idle ones and those that are being opened included.</summary>
public sealed class OpenConnectionsTests
{
    private const int Limit = 6;

    [Fact]
    public async Task The_limit_holds_when_all_turn_to_another_host_at_once()
    {
        await using RawServer one = Together();
        await using RawServer other = Together();
        await using Session session = new(new() { Limits = new() { MaxConnections = Limit } });

        await Task.WhenAll(Enumerable.Range(0, Limit).Select(_ => session.GetAsync(one.Url)));
        Assert.Equal(Limit, session.Network!.Connector.Open.Count);
        await Task.WhenAll(Enumerable.Range(0, Limit).Select(_ => session.GetAsync(other.Url)));

        Assert.Equal(Limit, session.Network!.Connector.Open.Count);
        Assert.Equal(Limit, other.Connections);
    }

    [Fact]
    public async Task A_burst_as_large_as_the_limit_costs_no_request_its_connection()
    {
        await using RawServer server = Endless();
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
        await using RawServer server = Endless();
        await using Session session = new(new() { Limits = new() { MaxConnections = 1 } });
        await session.GetAsync(server.Url);
        OpenConnections open = session.Network!.Connector.Open;
        Uri url = new(server.Url);

        open.Begin(url.Host, url.Port);
        Assert.Equal(1, open.Count);
        open.Begin("other.test", url.Port);

        Assert.Equal(0, open.Count);
    }

    private static RawServer Endless() => new(async connection =>
    {
        while (await connection.ReadHeadAsync() is { Length: > 0 })
            await connection.WriteAsync(ProxyServer.Ok);
    });

    // Answers when as many have asked as may.
    private static RawServer Together()
    {
        int asked = 0;
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return new(async connection =>
        {
            while (await connection.ReadHeadAsync() is { Length: > 0 })
            {
                if (Interlocked.Increment(ref asked) == Limit) all.SetResult();
                await all.Task.WaitAsync(connection.Stop);
                await connection.WriteAsync(ProxyServer.Ok);
            }
        });
    }
}
