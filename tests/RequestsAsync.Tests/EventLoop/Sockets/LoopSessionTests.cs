using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RequestsAsync.Tests;

/// <summary>Requests over connections that the loop waits on, as programs send them.</summary>
public sealed class LoopSessionTests(BinFixture bin)
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_go_on_on_the_loops_thread_and_code_of_the_loop_in_its_context()
    {
        SkipElsewhere();
        await using Session session = new();
        await PollingLoop.RunAsync(async () =>
        {
            int thread = Environment.CurrentManagedThreadId;
            SynchronizationContext? context = SynchronizationContext.Current;
            for (int i = 0; i < 5; i++)
            {
                Response response = await session.GetAsync($"{bin.Url}/bytes/5000", cancellationToken: Stop);
                Assert.Equal(5000, response.Content.Length);
                Assert.Equal(i > 0, response.ConnectionReused);
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                Assert.Same(context, SynchronizationContext.Current);
            }

            await session.GetAsync($"{bin.Url}/bytes/5000", cancellationToken: Stop).ConfigureAwait(false);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            Assert.NotSame(context, SynchronizationContext.Current);
        });
    }

    [Fact]
    public async Task Where_the_runtime_waits_code_after_ConfigureAwait_goes_on_elsewhere()
    {
        await using Session session = new();
        await EventLoop.RunAsync(
            async () =>
            {
                int thread = Environment.CurrentManagedThreadId;
                Assert.Null(EventLoop.Current!.Poller);
                await session.GetAsync($"{bin.Url}/delay/0.1", cancellationToken: Stop).ConfigureAwait(false);
                Assert.NotEqual(thread, Environment.CurrentManagedThreadId);
            });
    }

    [Fact]
    public async Task A_first_step_that_blocks_on_the_first_request_of_all_gets_its_answer()
    {
        await using Session session = new();
        await PollingLoop.RunAsync(() =>
        {
            Task<Response> sending = session.GetAsync($"{bin.Url}/bytes/5000", cancellationToken: Stop);
            Assert.True(sending.Wait(Patience, Stop));
            return Task.CompletedTask;
        }).WaitAsync(Patience, Stop);
    }

    [Fact]
    public async Task Many_at_once_get_each_its_own_answer()
    {
        await using Session session = new();
        await PollingLoop.RunAsync(async () =>
        {
            LoopTask[] tasks = new LoopTask[200];
            for (int i = 0; i < tasks.Length; i++)
            {
                int number = i;
                tasks[i] = EventLoop.CreateTask(async () =>
                {
                    for (int j = 0; j < 5; j++)
                    {
                        Response response = await session.PostAsync($"{bin.Url}/post", new() { Content = new string((char)('a' + (number % 26)), 100 * number) }, Stop);
                        Assert.Contains($"\"{new string((char)('a' + (number % 26)), 100 * number)}\"", response.EnsureSuccess().Text, StringComparison.Ordinal);
                    }
                });
            }

            await EventLoop.GatherAsync(tasks);
        });
    }

    [Fact]
    public async Task A_thousand_connections_wait_at_once()
    {
        const int Many = 1000;
        int waiting = 0;
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            for (int i = 0; i < 2; i++)
            {
                await connection.ReadHeadAsync();
                if (Interlocked.Increment(ref waiting) == Many) all.SetResult();
                await all.Task.WaitAsync(connection.Stop);
                await connection.WriteAsync(Answer);
            }
        });
        await using Session session = new(new() { Limits = new() { MaxConnections = Many } });
        await PollingLoop.RunAsync(async () =>
        {
            LoopTask[] tasks = new LoopTask[Many];
            for (int i = 0; i < Many; i++)
            {
                tasks[i] = EventLoop.CreateTask(async () =>
                {
                    for (int j = 0; j < 2; j++) Assert.Equal("ok", (await session.GetAsync(server.Url, cancellationToken: Stop)).Text);
                });
            }

            await EventLoop.GatherAsync(tasks);
        });
        Assert.InRange(server.ConnectionCount, Many, 2 * Many); // the transport opens more than it needs
    }

    [Fact]
    public async Task A_blocking_wait_for_a_request_ends_though_the_loop_is_held()
    {
        await using Session session = new();
        await PollingLoop.RunAsync(async () =>
        {
            await session.GetAsync($"{bin.Url}/get", cancellationToken: Stop);
            Task<Response> call = session.GetAsync($"{bin.Url}/delay/0.1", cancellationToken: Stop);

            Assert.True(Task.WaitAll([call], (int)Patience.TotalMilliseconds, Stop));
            Assert.Equal(200, (await call).StatusCode);
            Assert.Equal(200, session.Get($"{bin.Url}/get", cancellationToken: Stop).StatusCode);
            Assert.Equal(200, session.Get($"{bin.Url}/get", cancellationToken: Stop).StatusCode);
            Assert.Equal(200, (await session.GetAsync($"{bin.Url}/get", cancellationToken: Stop)).StatusCode);
        });
    }

    [Fact]
    public async Task No_post_is_lost_when_the_loop_comes_back_to_a_wait_that_another_thread_has_stood_in_for()
    {
        SkipElsewhere();
        await PollingLoop.RunAsync(async () =>
        {
            EventLoop loop = EventLoop.Current!;
            LoopPoller poller = loop.Poller!;
            using CancellationTokenSource ended = new();
            Task standingIn = Task.Factory.StartNew(
                () =>
                {
                    List<PollEvent> found = [];
                    while (!ended.IsCancellationRequested) poller.StandIn(found, milliseconds: 1);
                },
                Stop,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            for (int i = 0; i < 2000; i++) await Task.Run(static () => Thread.Yield(), Stop);
            await ended.CancelAsync();
            await standingIn;
        }).WaitAsync(Patience, Stop);
    }

    [Fact]
    public async Task Code_outside_may_use_its_connections_and_never_runs_on_its_thread()
    {
        await using FaultyServer server = FaultyServer.Serve(AnswerAllAsync);
        await using Session session = new();
        await PollingLoop.RunAsync(async () =>
        {
            int loop = Environment.CurrentManagedThreadId;
            for (int i = 0; i < 3; i++)
            {
                await session.GetAsync(server.Url, cancellationToken: Stop);
                Task<(int Thread, bool Reused)> outside = Task.Run(OutsideAsync, Stop);
                Assert.True(Task.WaitAll([outside], (int)Patience.TotalMilliseconds, Stop)); // the loop is held meanwhile
                (int thread, bool reused) = await outside;
                Assert.NotEqual(loop, thread);
                Assert.True(reused);
            }
        });
        Assert.Equal(1, server.ConnectionCount);

        async Task<(int Thread, bool Reused)> OutsideAsync()
        {
            Response response = await session.GetAsync(server.Url, cancellationToken: Stop).ConfigureAwait(false);
            return (Environment.CurrentManagedThreadId, response.ConnectionReused);
        }
    }

    [Fact]
    public async Task A_body_that_is_read_outside_goes_on_outside()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n");
            for (int i = 0; i < 4; i++)
            {
                await Task.Delay(30, connection.Stop);
                await connection.WriteAsync("0123456789");
            }
        });
        await using Session session = new();
        await PollingLoop.RunAsync(async () =>
        {
            int loop = Environment.CurrentManagedThreadId;
            await using Response response = await session.StreamAsync("GET", server.Url, cancellationToken: Stop);
            List<int> threads = [];
            await Task.Run(
                async () =>
                {
                    await using Stream stream = response.OpenStream();
                    while (await stream.ReadAsync(new byte[10], Stop).ConfigureAwait(false) > 0) threads.Add(Environment.CurrentManagedThreadId);
                },
                Stop);
            Assert.InRange(threads.Count, 4, 40);
            Assert.DoesNotContain(loop, threads);
        });
    }

    [Fact]
    public async Task A_connection_outlives_its_loop()
    {
        await using FaultyServer server = FaultyServer.Serve(AnswerAllAsync);
        await using Session session = new();
        for (int i = 0; i < 3; i++)
        {
            await PollingLoop.RunAsync(async () => Assert.Equal("ok", (await session.GetAsync(server.Url, cancellationToken: Stop)).Text));
            Assert.Equal("ok", (await session.GetAsync(server.Url, cancellationToken: Stop)).Text);
            Assert.Equal("ok", session.Get(server.Url, cancellationToken: Stop).Text);
        }

        Assert.Equal(1, server.ConnectionCount);
    }

    [Fact]
    public async Task A_connection_that_the_server_has_closed_is_not_used_again()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(Answer);
        });
        await using Session session = new();
        await PollingLoop.RunAsync(async () =>
        {
            for (int i = 1; i <= 10; i++)
            {
                // POST: what had been sent over a dead connection would not be sent again.
                Response response = await session.PostAsync(server.Url, new() { Content = "x" }, Stop);
                Assert.Equal("ok", response.Text);
                await Task.Delay(20, Stop);
                if (i % 2 == 0) Task.Delay(20, Stop).Wait(Stop); // held, it has not looked
            }
        });
        Assert.Equal(10, server.ConnectionCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silent_server_is_given_up_and_a_cancelled_task_lets_go(bool cancels)
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WaitForCloseAsync();
        });
        await using Session session = new(new() { Timeout = new() { Read = TimeSpan.FromSeconds(cancels ? 60 : 0.2) } });
        await PollingLoop.RunAsync(async () =>
        {
            LoopTask task = EventLoop.CreateTask(() => session.GetAsync(server.Url));
            if (!cancels)
            {
                RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => task.Task);
                Assert.Equal(TimeoutPhase.Read, e.Phase);
                return;
            }

            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(100));
            task.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.Task);
        }).WaitAsync(Patience, Stop);
    }

    [Fact]
    public async Task Who_refuses_an_upload_by_its_head_is_heard()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.DiscardAsync(100_000);
            await connection.WriteAsync("HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\n\r\ntoo large");
        });
        await using Session session = new();
        await PollingLoop.RunAsync(async () =>
        {
            Response response = await session.PostAsync(server.Url, new() { Content = new byte[64 << 20] }, Stop);
            Assert.Equal("too large", response.Text);
        });
    }

    [Theory]
    [InlineData(HttpProtocols.Http1, "1.1")]
    [InlineData(HttpProtocols.Http2, "2.0")]
    public async Task Over_tls(HttpProtocols protocols, string version)
    {
        using TestAuthority authority = new();
        await using SecureEcho server = await SecureEcho.StartAsync(authority.Issue("localhost", "127.0.0.1"), protocols);
        await using Session session = new(new() { Tls = new() { Ca = { authority.Certificate } } });
        byte[] content = RandomNumberGenerator.GetBytes(1 << 20);
        await PollingLoop.RunAsync(async () =>
        {
            LoopTask[] tasks = new LoopTask[20];
            for (int i = 0; i < tasks.Length; i++)
            {
                tasks[i] = EventLoop.CreateTask(async () =>
                {
                    for (int j = 0; j < 3; j++)
                    {
                        Response response = await session.PostAsync(server.Url, new() { Content = content }, Stop);
                        Assert.Equal(Version.Parse(version), response.HttpVersion);
                        Assert.True(content.AsSpan().SequenceEqual(response.Content.Span));
                    }
                });
            }

            await EventLoop.GatherAsync(tasks);
        });
    }

    [Fact]
    public async Task Code_after_ConfigureAwait_that_holds_the_loop_is_reported()
    {
        SkipElsewhere();
        Problems seen = new();
        await using Session session = new();
        await PollingLoop.RunAsync(HoldAsync, seen.Options with { SlowCallbackThreshold = TimeSpan.FromMilliseconds(50) });

        SlowCallback slow = seen.Slow[^1];
        Assert.False(slow.IsStillHeld);
        Assert.True(slow.Held >= TimeSpan.FromMilliseconds(150));
        Assert.StartsWith("code after ConfigureAwait(false) held the event loop for ", slow.ToString(), StringComparison.Ordinal);

        async Task HoldAsync()
        {
            await session.GetAsync($"{bin.Url}/get", cancellationToken: Stop);
            await session.GetAsync($"{bin.Url}/delay/0.1", cancellationToken: Stop).ConfigureAwait(false);
            using ManualResetEventSlim never = new();
            never.Wait(200, Stop);
        }
    }

    [Fact]
    public async Task Two_loops_share_a_session()
    {
        await using Session session = new();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => PollingLoop.RunAsync(async () =>
        {
            int thread = Environment.CurrentManagedThreadId;
            LoopTask[] tasks = new LoopTask[20];
            for (int i = 0; i < tasks.Length; i++)
            {
                tasks[i] = EventLoop.CreateTask(async () =>
                {
                    for (int j = 0; j < 20; j++)
                    {
                        Assert.Equal(200, (await session.GetAsync($"{bin.Url}/get", cancellationToken: Stop)).StatusCode);
                        Assert.Equal(thread, Environment.CurrentManagedThreadId);
                    }
                });
            }

            await EventLoop.GatherAsync(tasks);
        })));
    }

    [Fact]
    public async Task A_loop_with_a_clock_of_its_own_hears_its_sockets()
    {
        await using Session session = new();
        await PollingLoop.RunAsync(
            async () =>
            {
                LoopTask sleeper = EventLoop.CreateTask(() => EventLoop.SleepAsync(TimeSpan.FromHours(1), Stop));
                for (int i = 0; i < 3; i++) Assert.Equal(200, (await session.GetAsync($"{bin.Url}/get", cancellationToken: Stop)).StatusCode);
                sleeper.Cancel();
            },
            new() { TimeProvider = new ManualTime() }).WaitAsync(Patience, Stop);
    }

    [Fact]
    public async Task Nothing_is_left_open()
    {
        SkipElsewhere();
        await using FaultyServer server = FaultyServer.Serve(AnswerAllAsync);
        for (int i = 0; i < 10; i++)
        {
            await using Session session = new();
            await PollingLoop.RunAsync(async () =>
            {
                EventLoop loop = EventLoop.Current!;
                Assert.Equal("ok", (await session.GetAsync(server.Url, cancellationToken: Stop)).Text);
                Assert.NotNull(loop.Poller);
            });
        }

        Assert.InRange(EpollInstances(), 0, 5); // the runtime's own, Kestrel's, and those of tests beside this one
    }

    private static int EpollInstances() => Directory.EnumerateFiles("/proc/self/fdinfo").Count(static file =>
    {
        try
        {
            return File.ReadAllText(file).Contains("\ntfd:", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // closed meanwhile
        }
    });

    private static async Task AnswerAllAsync(FaultyConnection connection)
    {
        while (await connection.ReadHeadAsync() is not null) await connection.WriteAsync(Answer);
    }

    private static void SkipElsewhere() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the loop waits on sockets on Linux only");
}
