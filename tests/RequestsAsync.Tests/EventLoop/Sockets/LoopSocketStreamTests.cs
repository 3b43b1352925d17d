using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

/// <summary>The connection that a loop waits on, over real sockets.</summary>
public sealed class LoopSocketStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task What_is_waited_for_on_the_loop_goes_on_on_its_thread_without_its_context() => LoopPair.RunAsync(async pair =>
    {
        int loop = Environment.CurrentManagedThreadId;
        byte[] buffer = new byte[10];
        ValueTask<int> reading = pair.Near.ReadAsync(buffer, Stop);
        EventLoop.CallLater(TimeSpan.FromMilliseconds(20), () => pair.Far.Send("abc"u8));
        Assert.False(reading.IsCompleted);

        int read = await reading.ConfigureAwait(false);

        Assert.Equal("abc"u8, buffer.AsSpan(0, read));
        Assert.Equal(loop, Environment.CurrentManagedThreadId);
        Assert.Null(SynchronizationContext.Current);
    });

    [Fact]
    public Task What_is_waited_for_elsewhere_goes_on_elsewhere() => LoopPair.RunAsync(async pair =>
    {
        int loop = Environment.CurrentManagedThreadId;
        LoopTask<int> sending = EventLoop.CreateTask(async () =>
        {
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(20));
            return await pair.Far.SendAsync("abc"u8.ToArray(), Stop);
        });
        int thread = await Task.Run(async () =>
        {
            Assert.Equal(3, await pair.Near.ReadAsync(new byte[10], Stop).ConfigureAwait(false));
            return Environment.CurrentManagedThreadId;
        });

        Assert.NotEqual(loop, thread);
        Assert.True(pair.Near.IsOnLoop);
        await sending;
    });

    [Fact]
    public Task The_answer_to_the_loops_own_request_goes_on_on_its_thread_wherever_the_waiting_began() => LoopPair.RunAsync(async pair =>
    {
        EventLoop loop = EventLoop.Current!;
        int thread = Environment.CurrentManagedThreadId;
        pair.Near.Carry(loop);
        Assert.Equal(thread, await Task.Run(ReadAsync));
        pair.Near.HeadPassed();
        Assert.NotEqual(thread, await Task.Run(ReadAsync));

        Task<int> ReadAsync()
        {
            Task<int> after = ThreadAfterAsync(pair.Near.ReadAsync(new byte[10], Stop));
            pair.Far.Send("abc"u8); // now that what follows is known: it would go on right here otherwise
            return after;
        }

        static async Task<int> ThreadAfterAsync(ValueTask<int> reading)
        {
            Assert.Equal(3, await reading.ConfigureAwait(false));
            return Environment.CurrentManagedThreadId;
        }
    });

    [Fact]
    public Task Bytes_that_were_left_and_the_end_that_came_with_them_are_found() => LoopPair.RunAsync(async pair =>
    {
        pair.Far.Send("abcdefg"u8);
        pair.Far.Shutdown(SocketShutdown.Send);
        await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(20));
        byte[] buffer = new byte[3];
        List<int> reads = [];
        for (int i = 0; i < 5; i++) reads.Add(await pair.Near.ReadAsync(buffer, Stop));

        Assert.Equal([3, 3, 1, 0, 0], reads);

        await pair.Near.WriteAsync("still open"u8.ToArray(), Stop); // half closed
        Assert.Equal(10, await pair.Far.ReceiveAsync(new byte[20], Stop));
    });

    [Fact]
    public Task An_end_that_comes_while_it_is_waited_for_is_an_end() => LoopPair.RunAsync(async pair =>
    {
        ValueTask<int> reading = pair.Near.ReadAsync(new byte[3], Stop);
        Assert.False(reading.IsCompleted);
        pair.Far.Shutdown(SocketShutdown.Send);

        Assert.Equal(0, await reading);
    });

    [Fact]
    public Task An_end_is_found_though_the_loop_was_held_when_it_came() => LoopPair.RunAsync(async pair =>
    {
        pair.Far.Send("abc"u8);
        Assert.Equal(3, await pair.Near.ReadAsync(new byte[10], Stop));
        pair.Far.Dispose();
        using (ManualResetEventSlim never = new()) never.Wait(50, Stop); // holds the loop, which sees nothing of it

        ValueTask<int> reading = pair.Near.ReadAsync(new byte[10], Stop);

        Assert.True(reading.IsCompleted);
        Assert.Equal(0, await reading);
    });

    [Fact]
    public Task A_read_of_nothing_waits_for_something() => LoopPair.RunAsync(async pair =>
    {
        ValueTask<int> reading = pair.Near.ReadAsync(Memory<byte>.Empty, Stop);
        Assert.False(reading.IsCompleted);
        pair.Far.Send("abc"u8);

        Assert.Equal(0, await reading);
        Assert.Equal(0, await pair.Near.ReadAsync(Memory<byte>.Empty, Stop));
        Assert.Equal(3, await pair.Near.ReadAsync(new byte[10], Stop));
    });

    [Fact]
    public Task A_cancelled_read_loses_no_byte_and_the_next_one_is_not_cancelled_with_it() => LoopPair.RunAsync(async pair =>
    {
        using CancellationTokenSource source = new();
        ValueTask<int> reading = pair.Near.ReadAsync(new byte[10], source.Token);
        source.Cancel();
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        Assert.Equal(source.Token, e.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => Assert.Equal(0, await pair.Near.ReadAsync(new byte[10], source.Token)));

        ValueTask<int> next = pair.Near.ReadAsync(new byte[10], Stop);
        pair.Far.Send("abc"u8);
        Assert.Equal(3, await next);
    });

    [Fact]
    public Task A_reset_is_told_as_what_it_is_to_reads_and_writes() => LoopPair.RunAsync(async pair =>
    {
        ValueTask<int> reading = pair.Near.ReadAsync(new byte[10], Stop);
        pair.Far.LingerState = new(enable: true, seconds: 0);
        pair.Far.Dispose();

        IOException e = await Assert.ThrowsAsync<IOException>(async () => await reading);
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(e.InnerException).SocketErrorCode);
        await Assert.ThrowsAsync<IOException>(async () => await pair.Near.WriteAsync(new byte[10], Stop));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Closing_ends_what_waits(bool onLoop) => LoopPair.RunAsync(async pair =>
    {
        ValueTask<int> reading = pair.Near.ReadAsync(new byte[10], Stop);
        ValueTask writing = pair.Near.WriteAsync(new byte[64 << 20], Stop);
        Assert.False(reading.IsCompleted || writing.IsCompleted);

        if (onLoop) pair.Near.Dispose();
        else await Task.Run(pair.Near.Dispose, Stop);

        await AssertAborted(reading.AsTask());
        await AssertAborted(writing.AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => Assert.Equal(0, await pair.Near.ReadAsync(new byte[10], Stop)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pair.Near.WriteAsync(new byte[10], Stop));
        Assert.Throws<ObjectDisposedException>(() => pair.Near.Read(new byte[10]));
    });

    [Theory]
    [InlineData(1000)]
    [InlineData(64 << 10)]
    public Task Much_goes_through_in_both_directions_at_once(int piece) => LoopPair.RunAsync(async pair =>
    {
        byte[] content = new byte[32 << 20];
        new Random(4711).NextBytes(content);
        Task<byte[]> echoed = EchoAsync(pair.Far, content.Length);
        LoopTask writing = EventLoop.CreateTask(async () =>
        {
            for (int sent = 0; sent < content.Length; sent += 8 << 20) await pair.Near.WriteAsync(content.AsMemory(sent, 8 << 20), Stop);
        });
        byte[] back = new byte[content.Length];
        for (int filled = 0; filled < back.Length;)
        {
            int read = await pair.Near.ReadAsync(back.AsMemory(filled, Math.Min(piece, back.Length - filled)), Stop);
            Assert.NotEqual(0, read);
            filled += read;
        }

        await writing;
        Assert.True(content.AsSpan().SequenceEqual(back));
        byte[] seen = await echoed;
        Assert.True(content.AsSpan().SequenceEqual(seen));
        Assert.True(pair.Near.IsOnLoop);
    });

    [Fact]
    public Task What_waits_when_the_connection_leaves_goes_on_elsewhere() => LoopPair.RunAsync(async pair =>
    {
        int loop = Environment.CurrentManagedThreadId;
        byte[] content = new byte[16 << 20];
        new Random(4711).NextBytes(content);
        byte[] buffer = new byte[10];
        Task<int> reading = ThreadAfterAsync(pair.Near.ReadAsync(buffer, Stop));
        ValueTask writing = pair.Near.WriteAsync(content, Stop);
        Assert.False(writing.IsCompleted);

        pair.Near.Leave();
        Assert.False(pair.Near.IsOnLoop);
        Task<byte[]> received = EchoAsync(pair.Far, content.Length, echoes: false);
        pair.Far.Send("abc"u8);

        Assert.NotEqual(loop, await reading);
        Assert.Equal("abc"u8, buffer.AsSpan(0, 3));
        await writing;
        byte[] there = await received;
        Assert.True(content.AsSpan().SequenceEqual(there));
        pair.Far.Send("d"u8);
        Assert.Equal(1, await pair.Near.ReadAsync(buffer, Stop));

        static async Task<int> ThreadAfterAsync(ValueTask<int> reading)
        {
            Assert.Equal(3, await reading.ConfigureAwait(false));
            return Environment.CurrentManagedThreadId;
        }
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_outlives_its_loop_and_can_be_ended(bool cancels)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loop waits on sockets on Linux only");
        using CancellationTokenSource source = new();
        LoopPair? pair = null;
        Task<int>? reading = null;
        byte[] buffer = new byte[10];
        await PollingLoop.RunAsync(async () =>
        {
            pair = await LoopPair.OpenAsync();
            reading = pair.Near.ReadAsync(buffer, source.Token).AsTask();
        });
        using LoopPair left = pair!;
        Assert.False(reading!.IsCompleted);
        Assert.False(left.Near.IsOnLoop);

        if (cancels)
        {
            source.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));
        }
        else
        {
            left.Far.Send("abc"u8);
            Assert.Equal(3, await reading.WaitAsync(Patience, Stop));
        }

        await left.Near.WriteAsync("back"u8.ToArray(), Stop);
        Assert.Equal(4, await left.Far.ReceiveAsync(buffer, Stop));
    }

    [Fact]
    public Task Blocking_calls_work_and_take_the_connection_off_the_loop() => LoopPair.RunAsync(async pair =>
    {
        pair.Near.Write("abc"u8); // there is room: nothing blocks
        Assert.Equal(3, pair.Far.Receive(new byte[10]));
        Assert.True(pair.Near.IsOnLoop);
        byte[] content = new byte[16 << 20];
        Task<byte[]> echoed = EchoAsync(pair.Far, content.Length, echoes: false);
        pair.Near.Write(content);
        Assert.Equal(content.Length, (await echoed).Length);

        _ = Task.Run(() => pair.Far.Send("abc"u8), Stop);
        Assert.Equal(3, pair.Near.Read(new byte[10]));
        Assert.False(pair.Near.IsOnLoop);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Closing_ends_a_blocking_call(bool reads) => LoopPair.RunAsync(async pair =>
    {
        using ManualResetEventSlim begun = new();
        Task blocked = Task.Factory.StartNew(
            () =>
            {
                begun.Set();
                if (reads) pair.Near.ReadExactly(new byte[10]);
                else pair.Near.Write(new byte[64 << 20]);
            },
            Stop,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await EventLoop.ToThreadAsync(() => begun.Wait(Stop));
        await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(50)); // it most probably waits by now; either way it must end

        pair.Near.Dispose();

        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => blocked.WaitAsync(Patience, Stop));
        Assert.True(e is IOException or ObjectDisposedException, e.ToString());
    });

    [Fact]
    public Task Each_waiting_ends_once_whatever_happens_at_the_same_moment() => LoopPair.RunAsync(async _ =>
    {
        Random random = new(4711);
        int[] ends = new int[4];
        for (int i = 0; i < 300; i++)
        {
            using LoopPair pair = await LoopPair.OpenAsync();
            using CancellationTokenSource source = new();
            Task<int> reading = pair.Near.ReadAsync(new byte[10], source.Token).AsTask();
            Action[] events = [source.Cancel, pair.Near.Dispose, () => SendOrFindClosed(pair.Far), pair.Near.Leave, pair.Far.Dispose];
            random.Shuffle(events);
            Task all = Task.WhenAll(events.Take(2).Select(one => Task.Run(one, Stop)));
            await Task.WhenAny(reading, EventLoop.SleepAsync(TimeSpan.FromMilliseconds(20)));
            await all;
            pair.Near.Dispose();
            await ((Task)reading).WaitAsync(Patience, Stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Assert.True(reading.IsCanceled || reading is { IsCompletedSuccessfully: true, Result: 0 or 3 } || reading.Exception?.InnerException is IOException or ObjectDisposedException, reading.Exception?.ToString());
            ends[reading.IsCanceled ? 0 : reading.IsFaulted ? 1 : reading.Result == 3 ? 2 : 3]++;
        }

        Assert.DoesNotContain(0, ends);
    });

    [Fact]
    public async Task A_refusal_is_told_as_what_it_is()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loop waits on sockets on Linux only");
        await PollingLoop.RunAsync(async () =>
        {
            using TcpListener closed = new(IPAddress.Loopback, 0);
            closed.Start();
            EndPoint nobody = closed.LocalEndpoint;
            closed.Stop();
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

            SocketException e = await Assert.ThrowsAsync<SocketException>(
                async () => await LoopSocketStream.ConnectAsync(EventLoop.Current!, EventLoop.Current!.Poller!, socket, nobody, Stop));

            Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
        });
    }

    [Fact]
    public async Task Connecting_can_be_cancelled_and_gives_up_when_the_loop_ends()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loop waits on sockets on Linux only");
        await using FaultyServer hole = await BlackHole.OpenAsync("127.0.0.1");
        using Socket first = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using Socket second = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Task<LoopSocketStream?>? left = null;
        await PollingLoop.RunAsync(async () =>
        {
            EventLoop loop = EventLoop.Current!;
            IPEndPoint nowhere = new(IPAddress.Loopback, hole.Port);
            using CancellationTokenSource source = new();
            ValueTask<LoopSocketStream?> connecting = LoopSocketStream.ConnectAsync(loop, loop.Poller!, first, nowhere, source.Token);
            source.CancelAfter(TimeSpan.FromMilliseconds(20));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await connecting);

            left = LoopSocketStream.ConnectAsync(loop, loop.Poller!, second, nowhere, Stop).AsTask();
        });

        Assert.Null(await left!.WaitAsync(Patience, Stop));
    }

    [Fact]
    public async Task Numbers_of_files_that_serve_again_bring_nobody_anothers_bytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loop waits on sockets on Linux only");
        await PollingLoop.RunAsync(async () =>
        {
            LoopTask[] workers = new LoopTask[20];
            for (int i = 0; i < workers.Length; i++) workers[i] = EventLoop.CreateTask(ChurnAsync);
            await EventLoop.GatherAsync(workers);
        });

        static async Task ChurnAsync()
        {
            for (byte i = 1; i <= 50; i++)
            {
                using LoopPair pair = await LoopPair.OpenAsync();
                byte[] buffer = new byte[10];
                ValueTask<int> reading = pair.Near.ReadAsync(buffer, Stop);
                pair.Far.Send([i]);
                if (i % 3 == 0)
                {
                    // Closed while its event may be under way.
                    pair.Near.Dispose();
                    await ((Task)reading.AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                    continue;
                }

                Assert.Equal(1, await reading);
                Assert.Equal(i, buffer[0]);
            }
        }
    }

    private static void SendOrFindClosed(Socket socket)
    {
        try
        {
            socket.Send("abc"u8);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test closes it at the same moment
        }
    }

    private static async Task AssertAborted(Task ended)
    {
        IOException e = await Assert.ThrowsAsync<IOException>(() => ended.WaitAsync(Patience, Stop));
        Assert.Equal(SocketError.OperationAborted, Assert.IsType<SocketException>(e.InnerException).SocketErrorCode);
    }

    private static Task<byte[]> EchoAsync(Socket socket, int count, bool echoes = true) => Task.Run(
        async () =>
        {
            byte[] all = new byte[count];
            for (int filled = 0; filled < count;)
            {
                int read = await socket.ReceiveAsync(all.AsMemory(filled), Stop);
                if (read == 0) break;
                if (echoes) await socket.SendAsync(all.AsMemory(filled, read), Stop);
                filled += read;
            }

            return all;
        },
        Stop);
}
