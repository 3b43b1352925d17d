namespace RequestsAsync.Tests;

public sealed class ForbidBlockingTests
{
    private static readonly EventLoopOptions Forbidding = new() { ForbidBlocking = true };

    [Fact]
    public void A_blocking_verb_is_refused_with_what_to_do_instead() =>
        EventLoop.Run(
            static async () =>
            {
                BlockingCallException refused = Assert.Throws<BlockingCallException>(static () => LoopGuard.CheckBlocking("Get"));
                Assert.Contains("GetAsync", refused.Message, StringComparison.Ordinal);
                Assert.Contains("EventLoop.ToThreadAsync", refused.Message, StringComparison.Ordinal);
                await EventLoop.ToThreadAsync(static () => LoopGuard.CheckBlocking("Get"));
            },
            Forbidding);

    [Fact]
    public void Outside_of_a_loop_and_where_it_is_not_forbidden_nothing_is_refused()
    {
        LoopGuard.CheckBlocking("Get");
        EventLoop.Run(static () =>
        {
            LoopGuard.CheckBlocking("Get");
            return Task.CompletedTask;
        });
    }

    public static TheoryData<string, Action<Task<int>>> Waits => new()
    {
        { "Wait", static task => task.Wait() },
        { "Wait with a time", static task => task.Wait(TimeSpan.FromSeconds(10)) },
        { "Result", static task => _ = task.Result },
        { "GetResult", static task => task.GetAwaiter().GetResult() },
        { "WaitAll", static task => Task.WaitAll(task, task) },
        { "WaitAny", static task => Task.WaitAny(task, task) },
        { "ValueTask", static task => new ValueTask<int>(task).AsTask().GetAwaiter().GetResult() },
    };

    [Theory]
    [MemberData(nameof(Waits))]
    public void Waiting_for_a_task_is_refused_at_its_line(string name, Action<Task<int>> wait) =>
        EventLoop.Run(
            async () =>
            {
                LoopTask<int> task = EventLoop.CreateTask(static async () =>
                {
                    await Task.Yield();
                    return 1;
                });
                BlockingCallException refused = Assert.Throws<BlockingCallException>(() => wait(task.Task));
                Assert.Matches(@"ForbidBlockingTests\.cs:\d+\.", refused.Message);
                Assert.Equal(1, await task);
                wait(task.Task); // it has ended: nothing is waited for
                Assert.NotEmpty(name);
            },
            Forbidding);

    [Fact]
    public void Waiting_for_other_things_is_not_refused() =>
        EventLoop.Run(
            static () =>
            {
                using SemaphoreSlim semaphore = new(0);
                Assert.False(semaphore.Wait(1));
                using ManualResetEvent never = new(false);
                Assert.False(never.WaitOne(1));
                return Task.CompletedTask;
            },
            Forbidding);

    [Fact]
    public void A_call_without_a_token_of_its_own_listens_to_its_task()
    {
        using CancellationTokenSource own = new();
        Assert.Equal(CancellationToken.None, LoopGuard.TokenOr(CancellationToken.None));
        EventLoop.Run(() =>
        {
            Assert.Equal(EventLoop.CurrentTask!.CancellationToken, LoopGuard.TokenOr(CancellationToken.None));
            Assert.Equal(own.Token, LoopGuard.TokenOr(own.Token));
            return Task.CompletedTask;
        });
    }
}
