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
