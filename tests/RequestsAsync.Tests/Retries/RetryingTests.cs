namespace RequestsAsync.Tests;

/// <summary>Retries as a session makes them.</summary>
public class RetryingTests
{
    private static readonly Retry Quick = Retry.Default with { Delay = TimeSpan.FromMilliseconds(1) };

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task A_status_that_passes_is_waited_out(bool awaited)
    {
        await using FaultyServer server = Answers("503 Service Unavailable", "500 Oops", "200 OK");
        await using Session session = new(new() { Retry = Quick });
        List<RetryInfo> seen = [];

        Response response = await session.SendAsync(awaited, "GET", server.Url, new() { Hooks = { OnRetry = (info, _) => { seen.Add(info); return default; } } });

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(3, response.Attempts);
        Assert.Equal([2, 3], seen.Select(info => info.Sending));
        Assert.Equal([503, 500], seen.Select(info => info.Response!.StatusCode));
    }

    [Fact]
    public async Task When_nothing_helps_the_last_answer_is_the_answer()
    {
        await using FaultyServer server = Answers("503 Service Unavailable");
        await using Session session = new(new() { Retry = Quick });

        Response response = await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(503, response.StatusCode);
        Assert.Equal(3, response.Attempts);
        Assert.Equal("503", response.Text);
        Assert.Equal(1, server.ConnectionCount); // bodies of failures are read, so their connections stay in use
    }

    [Fact]
    public async Task A_post_is_sent_once()
    {
        await using FaultyServer server = Answers("503 Service Unavailable", "200 OK");
        await using Session session = new(new() { Retry = Quick });

        Response response = await session.PostAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(503, response.StatusCode);
        Assert.Single(server.Heads);
    }

    [Fact]
    public async Task A_request_may_ask_for_none_or_for_its_own()
    {
        await using FaultyServer server = Answers("503 Service Unavailable", "503 Service Unavailable", "200 OK");
        await using Session session = new(new() { Retry = Quick });

        Response first = await session.GetAsync(server.Url, new() { Retry = Retry.None }, TestContext.Current.CancellationToken);
        Response second = await session.PostAsync(server.Url, new() { Retry = Quick with { Methods = ["POST"] } }, TestContext.Current.CancellationToken);

        Assert.Equal((503, 1), (first.StatusCode, first.Attempts));
        Assert.Equal((200, 2), (second.StatusCode, second.Attempts));
    }

    [Fact]
    public async Task Who_is_not_there_is_asked_again_whatever_the_method()
    {
        FaultyServer server = Answers("200 OK");
        int port = server.Port;
        await server.DisposeAsync();
        await using Session session = new(new() { Retry = Quick });
        FaultyServer? back = null;

        Response response = await session.PostAsync(
            server.Url, new() { Content = "once", Hooks = { OnRetry = (_, _) => { back ??= Answers(port, "200 OK"); return default; } } }, TestContext.Current.CancellationToken);

        Assert.Equal(200, response.StatusCode);
        Assert.Single(back!.Heads);
        await back.DisposeAsync();
    }

    [Fact]
    public async Task What_stays_a_failure_counts_its_attempts_and_says_why_it_was_the_last()
    {
        FaultyServer server = Answers("200 OK");
        await server.DisposeAsync();
        await using Session session = new(new() { Retry = Quick });

        ConnectException e = await Assert.ThrowsAsync<ConnectException>(() => session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(3, e.Attempts);
        Assert.Contains("failed on attempt 3", e.Message);
        Assert.Contains("It was not sent again: Retry.Attempts allows no more than 3.", e.Message);
    }

    [Fact]
    public async Task Content_that_is_read_only_once_is_not_sent_again_and_the_message_says_so()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().ReadBytes(1));
        await using Session session = new(new() { Retry = Quick });

        ConnectionLostException e = await Assert.ThrowsAsync<ConnectionLostException>(
            () => session.PutAsync(server.Url, new() { Content = Body.FromAsyncStream(Once()) }, TestContext.Current.CancellationToken));

        Assert.Contains("only once", e.Message);
        Assert.Single(server.Heads);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Once()
        {
            await Task.Yield();
            yield return "once"u8.ToArray();
        }
    }

    [Fact]
    public async Task A_server_that_asks_for_more_time_than_there_is_is_not_waited_for()
    {
        await using FaultyServer server = Answers("429 Too Many Requests\r\nRetry-After: 60");
        await using Session session = new(new() { Retry = Quick, Timeout = TimeSpan.FromSeconds(5) });

        Response response = await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(429, response.StatusCode);
        Assert.Equal(1, response.Attempts);
    }

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task The_wait_is_the_servers_and_by_the_sessions_clock(bool awaited)
    {
        ManualTime time = new();
        await using FaultyServer server = Answers("503 Service Unavailable\r\nRetry-After: 60", "200 OK");
        await using Session session = new(new() { Retry = Retry.Default, TimeProvider = time, Timeout = new Timeouts { Total = Timeouts.Infinite, Read = Timeouts.Infinite, Write = Timeouts.Infinite } });
        TaskCompletionSource<TimeSpan> waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Task<Response> call = session.SendAsync(awaited, "GET", server.Url, new() { Hooks = { OnRetry = (info, _) => { waiting.SetResult(info.Delay); return default; } } });
        await Task.WhenAny(waiting.Task, call);
        Assert.True(await waiting.Task >= TimeSpan.FromSeconds(60));
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(70)); // until the wait has begun and ended
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Equal(200, (await call).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task A_wait_can_be_cancelled(bool awaited)
    {
        await using FaultyServer server = Answers("503 Service Unavailable\r\nRetry-After: 60", "200 OK");
        await using Session session = new(new() { Retry = Retry.Default });
        using CancellationTokenSource caller = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.SendAsync(
            awaited, "GET", server.Url, new() { Hooks = { OnRetry = (_, _) => { caller.CancelAfter(50); return default; } } }, caller.Token));

        Assert.Single(server.Heads);
    }

    [Fact]
    public async Task A_storm_of_429_is_answered_with_a_budget()
    {
        await using FaultyServer server = Answers("429 Too Many Requests");
        await using Session session = new(new() { Retry = Quick });

        IReadOnlyList<Outcome> outcomes = await session.GatherOutcomesAsync(
            Enumerable.Repeat(server.Url, 2_000), new() { MaxConcurrency = 32 }, TestContext.Current.CancellationToken);

        Assert.All(outcomes, outcome => Assert.Equal(429, outcome.Response!.StatusCode));
        Assert.InRange(server.Heads.Count, 2_000 + 200, 2_000 + 400 + 50);
    }

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task A_body_that_is_cut_off_is_asked_for_again(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .OnConnection(1, first => first.ReadHead().Write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbo"))
            .ReadHead().Write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"));
        await using Session session = new(new() { Retry = Quick });

        Response response = await session.SendAsync(awaited, "GET", server.Url);

        Assert.Equal("body", response.Text);
        Assert.Equal(2, response.Attempts);
    }

    [Fact]
    public async Task Each_hop_has_its_own_attempts()
    {
        await using FaultyServer server = Answers("503 Service Unavailable", "303 See Other\r\nLocation: /next", "503 Service Unavailable", "200 OK");
        await using Session session = new(new() { Retry = Quick });

        Response response = await session.PutAsync(server.Url, new() { Content = "body" }, TestContext.Current.CancellationToken);

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(2, response.Attempts);
        Assert.Equal(["PUT / ", "PUT / ", "GET /n", "GET /n"], server.Heads.Select(head => head[..6]));
    }

    private static FaultyServer Answers(params string[] statuses) => Answers(0, statuses);

    // One after the other, the last for all that follow; each with its number as the body.
    private static FaultyServer Answers(int port, params string[] statuses)
    {
        int next = -1;
        return FaultyServer.Serve(
            async c =>
            {
                while (await c.ReadHeadAsync() is { Head: var head })
                {
                    if (head.Contains("Content-Length: 4", StringComparison.Ordinal)) await c.ReadTextAsync(4);
                    string status = statuses[Math.Min(Interlocked.Increment(ref next), statuses.Length - 1)];
                    await c.WriteAsync($"HTTP/1.1 {status}\r\nContent-Length: 3\r\n\r\n{status[..3]}");
                }
            },
            new() { Port = port });
    }
}
