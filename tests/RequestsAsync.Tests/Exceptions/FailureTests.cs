using System.Diagnostics;

namespace RequestsAsync.Tests;

public sealed class FailureTests(BinFixture bin)
{
    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_refused_connection_says_that_nothing_listens(bool awaited)
    {
        await using FaultyServer server = FaultyServer.StartRefusing();
        await using Session session = new();

        ConnectException e = await Assert.ThrowsAsync<ConnectException>(() => session.SendAsync(awaited, "GET", server.Url + "/x"));

        Assert.StartsWith($"GET {server.Url}/x failed on attempt 1: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("refused", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, e.Attempts);
        Assert.Equal("GET", e.Request!.Method);
        Assert.Null(e.Response);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task An_unknown_host_is_a_name_resolution_error(bool awaited)
    {
        await using Session session = new();
        NameResolutionException e = await Assert.ThrowsAsync<NameResolutionException>(() => session.SendAsync(awaited, "GET", "http://no-such-host.invalid/"));
        Assert.Contains("no-such-host.invalid", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Total_time_covers_waiting_for_the_answer(bool awaited)
    {
        await using Session session = new(new() { Timeout = TimeSpan.FromMilliseconds(200) });
        Stopwatch clock = Stopwatch.StartNew();

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => session.SendAsync(awaited, "GET", bin.Url + "/delay/10"));

        Assert.Equal(TimeoutPhase.Total, e.Phase);
        Assert.Contains("0.2 s", e.Message, StringComparison.Ordinal);
        Assert.InRange(clock.ElapsedMilliseconds, 150, 5000);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Total_time_covers_the_body(bool awaited)
    {
        await using Session session = new();
        Stopwatch clock = Stopwatch.StartNew();

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(
            () => session.SendAsync(awaited, "GET", bin.Url + "/drip?duration=20&numbytes=20", new() { Timeout = TimeSpan.FromMilliseconds(300) }));

        Assert.Equal(TimeoutPhase.Total, e.Phase);
        Assert.InRange(clock.ElapsedMilliseconds, 250, 5000);
    }

    [Fact]
    public async Task Time_is_the_session_s_own()
    {
        ManualTime time = new();
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Session session = new(
            new MemoryHandler(async (_, ct) =>
            {
                arrived.SetResult();
                await Task.Delay(Timeout.Infinite, ct);
                return MemoryHandler.Ok();
            }),
            new() { TimeProvider = time, Timeout = new Timeouts { Read = Timeout.InfiniteTimeSpan } });

        Task<Response> sending = session.GetAsync("http://h/");
        await arrived.Task;
        time.Advance(TimeSpan.FromSeconds(99));
        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => sending);
        Assert.Equal(TimeoutPhase.Total, e.Phase);
        Assert.Contains("100 s", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", true)]
    public async Task A_response_that_ends_early_is_a_lost_connection(string answer, bool awaited)
    {
        await using FaultyServer server = FaultyServer.Start(answer);
        await using Session session = new();

        ConnectionLostException e = await Assert.ThrowsAsync<ConnectionLostException>(() => session.SendAsync(awaited, "POST", server.Url));

        Assert.Contains(server.Url, e.Message, StringComparison.Ordinal);
        Assert.Contains("attempt 1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", false)]
    public async Task A_reset_is_a_lost_connection(string before, bool awaited)
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            if (before.Length > 0) await connection.WriteAsync(before);
            connection.Reset();
        });
        await using Session session = new();

        await Assert.ThrowsAsync<ConnectionLostException>(() => session.SendAsync(awaited, "POST", server.Url));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nbroken header line\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    public async Task What_is_not_http_is_a_protocol_error(string answer)
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Write(answer).WaitForClose());
        await using Session session = new();
        await Assert.ThrowsAsync<ProtocolException>(() => session.GetAsync(server.Url));
    }

    [Fact]
    public async Task A_plain_server_spoken_to_in_tls_is_a_tls_error()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadTextAsync(5); // the head of a TLS record, and no HTTP
            await connection.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            await connection.WaitForCloseAsync();
        });
        await using Session session = new();
        TlsException e = await Assert.ThrowsAsync<TlsException>(() => session.GetAsync(server.Url.Replace("http:", "https:", StringComparison.Ordinal)));
        Assert.Contains("127.0.0.1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task The_caller_s_cancellation_is_no_failure(bool awaited)
    {
        await using Session session = new();
        using CancellationTokenSource cancel = new();
        cancel.CancelAfter(100);

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => session.SendAsync(awaited, "GET", bin.Url + "/delay/10", null, cancel.Token));
        Assert.Equal(cancel.Token, e.CancellationToken);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.SendAsync(awaited, "GET", bin.Url + "/get", null, cancel.Token));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Cancellation_in_the_middle_of_a_body_is_no_failure_either(bool awaited)
    {
        await using Session session = new();
        using CancellationTokenSource cancel = new();
        cancel.CancelAfter(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => session.SendAsync(awaited, "GET", bin.Url + "/drip?duration=20&numbytes=20", null, cancel.Token));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Disposing_the_session_ends_what_is_under_way(bool awaited)
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            arrived.SetResult();
            await connection.WaitForCloseAsync();
        });
        Session session = new();
        Task<Response> sending = session.SendAsync(awaited, "GET", server.Url);
        await arrived.Task;

        await session.DisposeAsync();

        ObjectDisposedException e = await Assert.ThrowsAsync<ObjectDisposedException>(() => sending);
        Assert.Equal(nameof(Session), e.ObjectName);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.GetAsync(server.Url));
        Assert.Throws<ObjectDisposedException>(() => session.Get(server.Url));
        await session.DisposeAsync();
        session.Dispose();
    }

    [Fact]
    public async Task A_handler_that_throws_is_a_transport_error_and_the_session_goes_on()
    {
        bool broken = true;
        await using Session session = new(new MemoryHandler(_ => broken ? throw new InvalidTimeZoneException("odd") : MemoryHandler.Ok()));

        TransportException e = await Assert.ThrowsAsync<TransportException>(() => session.GetAsync("http://h/"));
        Assert.IsType<InvalidTimeZoneException>(e.InnerException);
        broken = false;
        Assert.Equal(200, (await session.GetAsync("http://h/")).StatusCode);
    }

    [Fact]
    public async Task A_handler_without_a_blocking_path_says_so()
    {
        await using Session session = new(new MemoryHandler(_ => MemoryHandler.Ok()));
        Assert.Throws<InvalidRequestException>(() => session.Get("http://h/"));
    }

    [Fact]
    public void Every_failure_is_a_request_exception()
    {
        Type[] escaping = [.. typeof(RequestException).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Exception)) && !type.IsAssignableTo(typeof(RequestException)) && type != typeof(BlockingCallException))]; // a mistake in the program
        Assert.Empty(escaping);
    }
}
