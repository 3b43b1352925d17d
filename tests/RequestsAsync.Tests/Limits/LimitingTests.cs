namespace RequestsAsync.Tests;

/// <summary>Limits as a session keeps them.</summary>
public class LimitingTests
{
    [Theory]
    [InlineData(3, null, 3)]
    [InlineData(null, 2, 2)]
    [InlineData(5, 2, 2)]
    public async Task No_more_requests_are_under_way_than_the_session_allows(int? inAll, int? perHost, int expected)
    {
        Meter meter = new();
        await using FaultyServer server = Slow(meter);
        await using Session session = new(new() { Limits = new() { MaxConnections = inAll, MaxConnectionsPerHost = perHost } });

        Response[] responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken)));

        Assert.All(responses, response => Assert.Equal(200, response.StatusCode));
        Assert.Equal(expected, meter.Highest);
        Assert.InRange(server.ConnectionCount, 1, expected);
    }

    [Fact]
    public async Task Those_who_wait_for_a_busy_host_hold_back_none_that_go_elsewhere()
    {
        await using FaultyServer busy = FaultyServer.Start(script => script.ReadHead().Never());
        await using FaultyServer idle = FaultyServer.Start(script => script.ReadHead().Write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").Repeat());
        await using Session session = new(new() { Limits = new() { MaxConnectionsPerHost = 2 } });
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task[] waiting = [.. Enumerable.Range(0, 300).Select(_ => session.GetAsync(busy.Url, cancellationToken: stop.Token))];

        Response response = await session.GetAsync(idle.Url, cancellationToken: stop.Token).WaitAsync(TimeSpan.FromSeconds(10), stop.Token);

        Assert.Equal("ok", response.Text);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
    }

    [Fact]
    public async Task A_batch_is_held_to_its_own_limit_and_to_one_that_was_set()
    {
        Meter free = new();
        Meter bound = new();
        await using FaultyServer server = Slow(free, free.Crowded);
        await using FaultyServer other = Slow(bound);
        await using Session session = new();
        await using Session limited = new(new() { Limits = new() { MaxConnections = 10 } });

        await session.GatherAsync(Enumerable.Repeat(server.Url, 260), new() { MaxConcurrency = 260 }, TestContext.Current.CancellationToken);
        await limited.GatherAsync(Enumerable.Repeat(other.Url, 40), new() { MaxConcurrency = 40 }, TestContext.Current.CancellationToken);

        Assert.InRange(free.Highest, 201, 260);
        Assert.Equal(10, bound.Highest);
    }

    [Fact]
    public async Task A_stream_holds_its_place_until_it_is_disposed()
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead()
            .Write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            .Repeat());
        await using Session session = new(new() { Limits = new() { MaxConnections = 1 } });

        Response stream = await session.StreamAsync("GET", server.Url, cancellationToken: TestContext.Current.CancellationToken);
        Task<Response> next = session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);
        await stream.DisposeAsync();

        Response response = await next;
        Assert.Equal("ok", response.Text);
        Assert.True(response.Timings.Queue > TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task A_stream_that_nobody_disposed_gives_its_place_back_when_it_is_collected()
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead()
            .Write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            .Repeat());
        await using Session session = new(new() { Limits = new() { MaxConnections = 1 } });
        await ForgetAsync();

        Task<Response> next = session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);
        for (int i = 0; i < 100 && !next.IsCompleted; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.WhenAny(next, Task.Delay(50, TestContext.Current.CancellationToken));
        }

        Assert.Equal("ok", (await next.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)).Text);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        async Task ForgetAsync() => await session.StreamAsync("GET", server.Url, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Connections_that_are_idle_give_way_to_others_when_there_are_too_many()
    {
        List<FaultyServer> servers = [];
        await using Session session = new(new() { Limits = new() { MaxConnections = 3 } });
        for (int i = 0; i < 10; i++)
        {
            FaultyServer server = Slow(new Meter());
            servers.Add(server);
            await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.InRange(session.Network!.Connector.Open.Count, 1, 3);
        Assert.Equal(200, (await session.PostAsync(servers[0].Url, cancellationToken: TestContext.Current.CancellationToken)).StatusCode); // one whose connection is gone
        foreach (FaultyServer server in servers)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task A_rate_holds_every_sending()
    {
        await using Session session = new(new MemoryHandler(_ => MemoryHandler.Ok()), new() { Limits = new() { RateLimit = 100 } });

        long started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 21).Select(_ => session.GetAsync("http://example.test/", cancellationToken: TestContext.Current.CancellationToken)));

        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds, 180, 5_000);
    }

    [Fact]
    public async Task A_host_that_fails_is_left_alone_for_a_while()
    {
        ManualTime time = new();
        int asked = 0;
        int status = 500;
        await using Session session = new(
            new MemoryHandler(_ =>
            {
                asked++;
                return new((System.Net.HttpStatusCode)status) { Content = new ByteArrayContent([]) };
            }),
            new() { TimeProvider = time, Limits = new() { CircuitBreaker = new() { MinimumThroughput = 4, BreakFor = TimeSpan.FromSeconds(10) } } });
        for (int i = 0; i < 4; i++)
            Assert.Equal(500, (await GetAsync("failing")).StatusCode);

        CircuitOpenException e = await Assert.ThrowsAsync<CircuitOpenException>(() => GetAsync("failing"));
        Assert.Equal(4, asked);
        Assert.Equal(0, e.Attempts);
        Assert.Contains("failing.test", e.Message);
        Assert.Equal(500, (await GetAsync("another")).StatusCode);

        status = 200;
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(200, (await GetAsync("failing")).StatusCode);
        Assert.Equal(200, (await GetAsync("failing")).StatusCode);

        Task<Response> GetAsync(string host) => session.GetAsync($"http://{host}.test/", cancellationToken: TestContext.Current.CancellationToken);
    }

    private static FaultyServer Slow(Meter meter, Task? until = null) => FaultyServer.Serve(async c =>
    {
        while (await c.ReadHeadAsync() is not null)
        {
            meter.Change(1);
            await (until?.WaitAsync(c.Stop) ?? Task.Delay(30, c.Stop));
            meter.Change(-1);
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    });

    private sealed class Meter
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _crowded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _now;
        private int _highest;

        public int Highest => _highest;

        /// <summary>Ends when more are under way than a session allows by itself.</summary>
        public Task Crowded => _crowded.Task;

        public void Change(int change)
        {
            lock (_gate)
            {
                _now += change;
                _highest = Math.Max(_highest, _now);
                if (_now == 201) _crowded.TrySetResult();
            }
        }
    }
}
