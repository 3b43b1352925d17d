namespace RequestsAsync.Tests;

/// <summary>Another attempt after one that was too slow.</summary>
public sealed class TimeoutRetryTests
{
    private static readonly Retry Quick = Retry.Default with { Delay = TimeSpan.Zero };

    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_read_timeout_ends_the_attempt_and_not_the_call(bool awaited)
    {
        await using FaultyServer server = FirstSilent(1);
        await using Session session = new(new() { Retry = Quick, Timeout = new Timeouts { Read = TimeSpan.FromMilliseconds(300) } });

        Response response = await session.SendAsync(awaited, "GET", server.Url);

        Assert.Equal("ok", response.Text);
        Assert.Equal(2, response.Attempts);
    }

    [Fact]
    public async Task The_total_goes_on()
    {
        await using FaultyServer server = FirstSilent(10);
        await using Session session = new(new() { Retry = Quick with { Attempts = 10 }, Timeout = new Timeouts { Read = TimeSpan.FromMilliseconds(300), Total = TimeSpan.FromMilliseconds(500) } });

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => session.GetAsync(server.Url));

        Assert.Equal(TimeoutPhase.Total, e.Phase);
        Assert.Equal(2, e.Attempts);
    }

    [Fact]
    public async Task A_streamed_response_of_a_later_attempt_can_be_read()
    {
        await using FaultyServer server = FirstSilent(1);
        await using Session session = new(new() { Retry = Quick, Timeout = new Timeouts { Read = TimeSpan.FromMilliseconds(300) } });

        await using Response response = await session.StreamAsync("GET", server.Url);
        await response.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal("ok", response.Text);
    }

    private static FaultyServer FirstSilent(int silent)
    {
        int requests = 0;
        return FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            if (Interlocked.Increment(ref requests) <= silent) await connection.WaitForCloseAsync();
            else await connection.WriteAsync(ProxyServer.Ok);
        });
    }
}
