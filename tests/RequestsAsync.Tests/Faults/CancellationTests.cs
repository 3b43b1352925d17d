namespace RequestsAsync.Tests;

/// <summary>Whenever a call is cancelled, it ends at once, as a cancellation, and leaves nothing behind.</summary>
[Collection(Alone.Name)]
public class CancellationTests
{
    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task At_every_millisecond_of_a_slow_exchange(bool awaited)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "counts sockets in /proc");
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            // Each stage takes a while: accepting, the head, the body.
            await Task.Delay(5, c.Stop);
            await c.ReadHeadAsync();
            await Task.Delay(5, c.Stop);
            foreach (string piece in (string[])["HTTP/1.1 200 OK\r\n", "Content-Length: 6\r\n", "\r\n", "ab", "cd", "ef"])
            {
                await c.WriteAsync(piece);
                await Task.Delay(4, c.Stop);
            }

            await c.WaitForCloseAsync();
        });
        int before = Sockets.Count();
        int cancelled = 0;
        int answered = 0;
        await using (Session session = new())
        {
            for (int milliseconds = 0; milliseconds < 60; milliseconds++)
            {
                using CancellationTokenSource caller = new(TimeSpan.FromMilliseconds(milliseconds));
                try
                {
                    Response response = await session.SendAsync(awaited, "POST", server.Url, new() { Content = new byte[100_000] }, caller.Token).WaitAsync(TimeSpan.FromSeconds(10));
                    Assert.Equal("abcdef", response.Text);
                    answered++;
                }
                catch (OperationCanceledException e)
                {
                    Assert.Equal(caller.Token, e.CancellationToken);
                    cancelled++;
                }
            }
        }

        Assert.True(cancelled > 10, $"{cancelled} were cancelled");
        Assert.True(answered > 0, $"{answered} were answered");
        await server.DisposeAsync();
        Assert.InRange(await Sockets.SettleAsync(before), 0, before);
    }

    [Fact]
    public async Task While_connecting_to_a_black_hole_no_socket_stays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "counts sockets in /proc");
        await using FaultyServer hole = await BlackHole.OpenAsync("127.0.0.1");
        int before = Sockets.Count();
        await using Session session = new();

        for (int i = 0; i < 20; i++)
        {
            using CancellationTokenSource caller = new(TimeSpan.FromMilliseconds(i));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.GetAsync($"http://127.0.0.1:{hole.Port}/", cancellationToken: caller.Token));
        }

        Assert.InRange(await Sockets.SettleAsync(before), 0, before);
    }

    [Fact]
    public async Task Five_thousand_sessions_leave_no_socket_no_timer_and_no_thread()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "counts sockets in /proc");
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead()
            .Write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            .Repeat());
        await RunAsync(10); // what is made once
        int sockets = Sockets.Count();
        long timers = Timer.ActiveCount;
        int threads = ThreadPool.ThreadCount;

        await RunAsync(5_000);

        Assert.InRange(await Sockets.SettleAsync(sockets), 0, sockets);
        Assert.InRange(Timer.ActiveCount, 0, timers + 200); // pooled deadlines look once more at the time and then rest
        Assert.InRange(ThreadPool.ThreadCount, 0, threads + 50);

        async Task RunAsync(int count)
        {
            for (int i = 0; i < count; i++)
            {
                await using Session session = new();
                if (i % 10 == 0) await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);
            }
        }
    }
}
