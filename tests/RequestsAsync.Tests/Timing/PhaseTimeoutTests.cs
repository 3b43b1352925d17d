namespace RequestsAsync.Tests;

/// <summary>Each phase has its limit, and the exception says which one passed and where the time went.</summary>
public class PhaseTimeoutTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(150);

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task A_server_that_says_nothing_is_a_read_timeout(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().WaitForClose());
        await using Session session = new(new() { Timeout = new Timeouts { Read = Short } });

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => session.SendAsync(awaited, "GET", server.Url));

        Assert.Equal(TimeoutPhase.Read, e.Phase);
        Assert.Contains("no byte of the response came for 0.15 s", e.Message);
        Assert.NotNull(e.Timings!.RequestSent);
        Assert.Null(e.Timings.FirstByte);
        Assert.True(e.Timings.Total >= TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task The_limit_of_a_request_wins_over_the_sessions_and_leaves_its_others()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().WaitForClose());
        await using Session session = new(new() { Timeout = new Timeouts { Total = TimeSpan.FromMinutes(1), Read = Timeouts.Infinite } });

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(
            () => session.GetAsync(server.Url, new() { Timeout = new Timeouts { Read = Short } }, TestContext.Current.CancellationToken));

        Assert.Equal(TimeoutPhase.Read, e.Phase);
    }

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task A_body_that_stops_coming_is_a_read_timeout(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead()
            .Write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
            .WaitForClose());
        await using Session session = new(new() { Timeout = new Timeouts { Read = Short } });

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => session.SendAsync(awaited, "GET", server.Url));

        Assert.Equal(TimeoutPhase.Read, e.Phase);
        Assert.NotNull(e.Timings!.FirstByte);
    }

    [Fact]
    public async Task Bytes_that_come_slowly_are_no_read_timeout()
    {
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            foreach (char one in "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")
            {
                await c.WriteAsync(one.ToString());
                await Task.Delay(20, c.Stop);
            }
        });
        await using Session session = new(new() { Timeout = new Timeouts { Read = TimeSpan.FromMilliseconds(400) } });

        Response response = await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken); // takes 0.8 s

        Assert.Equal("abc", response.Text);
    }

    [Fact]
    public async Task A_byte_at_a_time_for_ever_is_ended_by_the_total()
    {
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
            while (true)
            {
                await c.WriteAsync("x");
                await Task.Delay(10, c.Stop);
            }
        });
        await using Session session = new(new() { Timeout = new Timeouts { Read = TimeSpan.FromSeconds(10), Total = TimeSpan.FromMilliseconds(300) } });

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(TimeoutPhase.Total, e.Phase);
        Assert.Contains("longer than the total of 0.3 s", e.Message);
    }

    [Fact]
    public async Task A_caller_who_takes_time_between_two_reads_is_no_read_timeout()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody");
        await using Session session = new(new() { Timeout = new Timeouts { Read = Short } });

        await using Response response = await session.StreamAsync("GET", server.Url, cancellationToken: TestContext.Current.CancellationToken);
        await Task.Delay(Short * 3, TestContext.Current.CancellationToken);

        Assert.Equal(4, (await response.ReadAsync(TestContext.Current.CancellationToken)).Length);
    }

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task A_server_that_takes_no_more_is_a_write_timeout(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            await Task.Delay(Timeout.Infinite, c.Stop); // and does not read: the window fills
        });
        await using Session session = new(new() { Timeout = new Timeouts { Write = Short } });
        RequestOptions upload = new() { Content = new byte[64 << 20] };

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => session.SendAsync(awaited, "POST", server.Url, upload));

        Assert.Equal(TimeoutPhase.Write, e.Phase);
    }

    [Fact]
    public async Task A_source_of_content_that_takes_its_time_is_no_timeout_of_the_server()
    {
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            while (!(await c.ReadTextAsync(1)).Contains('!', StringComparison.Ordinal))
            {
            }

            await c.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n");
        });
        await using Session session = new(new() { Timeout = new Timeouts { Read = Short, Write = Short } });

        Response response = await session.PostAsync(server.Url, new() { Content = Body.FromAsyncStream(Slowly()) }, TestContext.Current.CancellationToken);

        Assert.Equal(204, response.StatusCode);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Slowly()
        {
            yield return "first"u8.ToArray();
            await Task.Delay(Short * 3);
            yield return "last!"u8.ToArray();
        }
    }

    [Fact]
    public async Task A_connect_that_hangs_is_a_connect_timeout()
    {
        await using FaultyServer hole = await BlackHole.OpenAsync("127.0.0.1");
        await using Session session = new(new() { Timeout = new Timeouts { Connect = Short } });

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => session.GetAsync($"http://127.0.0.1:{hole.Port}/", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(TimeoutPhase.Connect, e.Phase);
        Assert.Contains("no connection to 127.0.0.1", e.Message);
    }

    [Fact]
    public async Task A_handshake_that_hangs_is_a_tls_timeout()
    {
        await using FaultyServer server = FaultyServer.Serve(async c => await c.WaitForCloseAsync());
        await using Session session = new(new() { Timeout = new Timeouts { Tls = Short } });

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(
            () => session.GetAsync(server.Url.Replace("http:", "https:", StringComparison.Ordinal), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(TimeoutPhase.Tls, e.Phase);
        Assert.True(e.Timings!.Connect > TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task Waiting_for_a_place_is_a_pool_timeout_where_one_is_set(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().WaitForClose());
        await using Session session = new(new() { Limits = new() { MaxConnections = 1 }, Timeout = new Timeouts { Pool = Short } });
        using CancellationTokenSource first = new();
        Task<Response> holder = session.GetAsync(server.Url, cancellationToken: first.Token);

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => session.SendAsync(awaited, "GET", server.Url));

        Assert.Equal(TimeoutPhase.Pool, e.Phase);
        Assert.Contains("limits", e.Message);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => holder);
    }

    [Fact]
    public async Task By_a_clock_of_ones_own_nobody_waits()
    {
        ManualTime time = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            asked.SetResult();
            await c.WaitForCloseAsync();
        });
        await using Session session = new(new() { TimeProvider = time, Timeout = new Timeouts { Read = TimeSpan.FromHours(1), Write = Timeouts.Infinite, Total = Timeouts.Infinite } });

        Task<Response> call = session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);
        await asked.Task;
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(61)); // perhaps the client has not heard yet that its request is written
            await Task.Yield();
        }

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => call);
        Assert.Equal(TimeoutPhase.Read, e.Phase);
    }

    [Fact]
    public async Task The_callers_cancellation_never_looks_like_a_timeout()
    {
        await using FaultyServer hole = await BlackHole.OpenAsync("127.0.0.1");
        await using Session session = new();
        using CancellationTokenSource caller = new(Short);

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.GetAsync($"http://127.0.0.1:{hole.Port}/", cancellationToken: caller.Token));

        Assert.Equal(caller.Token, e.CancellationToken);
    }

    [Fact]
    public void What_no_timer_can_hold_is_refused() =>
        Assert.Contains("Read timeout", Assert.Throws<InvalidRequestException>(() => new Session(new() { Timeout = new Timeouts { Read = TimeSpan.Zero } })).Message);
}
