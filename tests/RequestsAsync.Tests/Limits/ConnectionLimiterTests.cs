namespace RequestsAsync.Tests;

public sealed class ConnectionLimiterTests
{
    private const string A = "http://a.test";
    private const string B = "http://b.test";

    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Fact]
    public async Task Who_finds_no_place_waits_until_somebody_leaves()
    {
        ConnectionLimiter limiter = new(max: 2, perHost: null);
        Task[] entering = [.. Enter(limiter, A, A, A, A)];
        Assert.Equal([true, true, false, false], Granted(entering));
        Assert.Equal(2, limiter.Waiting);

        limiter.Leave(A);
        await entering[2];
        Assert.False(entering[3].IsCompleted);

        limiter.Leave(A);
        await entering[3];
        Assert.Equal(0, limiter.Waiting);
        Assert.Equal(2, limiter.Inside);
    }

    [Fact]
    public async Task A_full_host_holds_nobody_else_back()
    {
        ConnectionLimiter limiter = new(max: 10, perHost: 1);

        Task[] entering = [.. Enter(limiter, A, A, A, B, B)];

        Assert.Equal([true, false, false, true, false], Granted(entering));
        limiter.Leave(B);
        await entering[4];
        limiter.Leave(A);
        await entering[1];
        Assert.False(entering[2].IsCompleted);
    }

    [Fact]
    public async Task Who_waited_for_his_host_comes_before_those_who_came_later()
    {
        ConnectionLimiter limiter = new(max: 2, perHost: 1);
        Task[] entering = [.. Enter(limiter, A, B, A, "http://c.test", "http://d.test")]; // the third waits for his host, the others for any place

        limiter.Leave(A); // at once a place at his host and one in all

        await entering[2];
        Assert.Equal([true, true, true, false, false], Granted(entering));
    }

    [Fact]
    public async Task Whose_host_is_free_before_a_place_is_does_not_lose_his_turn()
    {
        ConnectionLimiter limiter = new(max: 2, perHost: 2);
        Task[] entering = [.. Enter(limiter, A, A, A, B)];

        limiter.Leave(A);
        await entering[2];
        limiter.Leave(A);
        await entering[3];
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public async Task Who_gives_up_takes_no_place(int? perHost)
    {
        ConnectionLimiter limiter = new(max: 1, perHost);
        using CancellationTokenSource cancel = new();
        await limiter.EnterAsync(A, async: true, default);
        Task givingUp = limiter.EnterAsync(A, async: true, cancel.Token).AsTask();
        Task next = limiter.EnterAsync(A, async: true, default).AsTask();

        await cancel.CancelAsync();

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givingUp);
        Assert.Equal(cancel.Token, e.CancellationToken);
        Assert.Equal(1, limiter.Waiting);
        limiter.Leave(A);
        await next;
        limiter.Leave(A);
        AssertEmpty(limiter);
    }

    [Fact]
    public async Task The_place_that_a_host_kept_for_one_who_gives_up_is_the_next_one_s()
    {
        ConnectionLimiter limiter = new(max: 1, perHost: 1);
        using CancellationTokenSource cancel = new();
        await limiter.EnterAsync(B, async: true, default);
        Task first = limiter.EnterAsync(A, async: true, cancel.Token).AsTask();
        Task second = limiter.EnterAsync(A, async: true, default).AsTask();

        await cancel.CancelAsync();
        limiter.Leave(B);

        await second;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        limiter.Leave(A);
        AssertEmpty(limiter);
    }

    [Fact]
    public async Task A_token_that_was_cancelled_before_is_heard_in_line()
    {
        ConnectionLimiter limiter = new(max: 1, perHost: 1);
        CancellationToken cancelled = new(canceled: true);
        await limiter.EnterAsync(A, async: true, cancelled); // no line, no waiting

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => limiter.EnterAsync(A, async: true, cancelled).AsTask());
        Assert.ThrowsAny<OperationCanceledException>(() => Blocking.Complete(limiter.EnterAsync(B, async: false, cancelled)));

        limiter.Leave(A);
        AssertEmpty(limiter);
    }

    [Fact]
    public async Task A_blocked_thread_goes_on_with_its_place_and_stands_in_the_same_line()
    {
        ConnectionLimiter limiter = new(max: 1, perHost: 1);
        await limiter.EnterAsync(A, async: true, default);
        Task blocked = OwnThread.RunAsync(() => Blocking.Complete(limiter.EnterAsync(A, async: false, default)));
        await Eventually.TrueAsync(() => limiter.Waiting == 1);
        Task awaited = limiter.EnterAsync(A, async: true, default).AsTask();

        limiter.Leave(A);
        await blocked;
        Assert.False(awaited.IsCompleted);

        limiter.Leave(A);
        await awaited;
    }

    [Fact]
    public async Task A_blocked_thread_can_give_up()
    {
        ConnectionLimiter limiter = new(max: 1, perHost: null);
        using CancellationTokenSource cancel = new();
        await limiter.EnterAsync(A, async: true, default);
        Task blocked = OwnThread.RunAsync(() => Blocking.Complete(limiter.EnterAsync(A, async: false, cancel.Token)));
        await Eventually.TrueAsync(() => limiter.Waiting == 1);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocked);
        limiter.Leave(A);
        AssertEmpty(limiter);
    }

    [Fact]
    public async Task Who_is_let_in_does_not_run_on_the_stack_of_the_one_who_leaves()
    {
        ConnectionLimiter limiter = new(max: 1, perHost: null);
        using ThreadLocal<bool> isLeaving = new();
        await limiter.EnterAsync(A, async: true, default);
        Task<bool> entering = EnterAsync();

        isLeaving.Value = true;
        limiter.Leave(A);
        isLeaving.Value = false;

        Assert.False(await entering);

        async Task<bool> EnterAsync()
        {
            await limiter.EnterAsync(A, async: true, default).ConfigureAwait(false);
            return isLeaving.Value;
        }
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public void Coming_and_going_without_a_wait_costs_no_byte(bool awaited)
    {
        Assert.Equal(0, AllocatedBy(new(max: 1, perHost: null), awaited));
        Assert.Equal(0, AllocatedBy(new(max: 2, perHost: 1), awaited));

        static long AllocatedBy(ConnectionLimiter limiter, bool awaited)
        {
            Rounds(limiter, awaited);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Rounds(limiter, awaited);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        static void Rounds(ConnectionLimiter limiter, bool awaited)
        {
            for (int i = 0; i < 200; i++)
            {
                Blocking.Complete(limiter.EnterAsync(A, awaited, default));
                limiter.Leave(A);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public async Task It_holds_under_load(int? perHost)
    {
        const int Max = 5;
        string[] hosts = [A, B, "http://c.test", "http://d.test"];
        ConnectionLimiter limiter = new(Max, perHost);
        int inside = 0;
        int[] insideByHost = new int[hosts.Length];
        int tooMany = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => i % 2 == 0
            ? Task.Run(() => WorkAsync(new Random(i), awaited: true).AsTask())
            : OwnThread.RunAsync(() => Blocking.Complete(WorkAsync(new Random(i), awaited: false)))));

        Assert.Equal(0, tooMany);
        AssertEmpty(limiter);

        async ValueTask WorkAsync(Random random, bool awaited)
        {
            for (int round = 0; round < 400; round++)
            {
                int host = random.Next(hosts.Length);
                CancellationTokenSource cancel = new();
                if (random.Next(3) == 0) ThreadPool.UnsafeQueueUserWorkItem(static cancel => cancel.Cancel(), cancel, preferLocal: false);
                try
                {
                    await limiter.EnterAsync(hosts[host], awaited, cancel.Token);
                }
                catch (OperationCanceledException)
                {
                    continue;
                }

                if (Interlocked.Increment(ref inside) > Max) Interlocked.Increment(ref tooMany);
                if (Interlocked.Increment(ref insideByHost[host]) > (perHost ?? Max)) Interlocked.Increment(ref tooMany);
                if (awaited) await Task.Yield();
                Interlocked.Decrement(ref insideByHost[host]);
                Interlocked.Decrement(ref inside);
                limiter.Leave(hosts[host]);
            }
        }
    }

    private static IEnumerable<Task> Enter(ConnectionLimiter limiter, params string[] origins) =>
        origins.Select(origin => limiter.EnterAsync(origin, async: true, default).AsTask());

    private static bool[] Granted(Task[] entering) => [.. entering.Select(task => task.IsCompleted)];

    private static void AssertEmpty(ConnectionLimiter limiter) => Assert.Equal((0, 0, 0), (limiter.Inside, limiter.Waiting, limiter.Hosts));
}
