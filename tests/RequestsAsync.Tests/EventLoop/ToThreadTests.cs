using System.Collections.Concurrent;

namespace RequestsAsync.Tests;

public sealed class ToThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_loop_goes_on_while_a_call_blocks()
    {
        using ManualResetEventSlim ticked = new();
        EventLoop.Run(async () =>
        {
            Task<bool> blocked = EventLoop.ToThreadAsync(() => ticked.Wait(Patience));
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
            ticked.Set();
            Assert.True(await blocked);
        });
    }

    [Fact]
    public async Task It_works_without_a_loop_and_carries_values_and_exceptions()
    {
        AsyncLocal<string> value = new() { Value = "mine" };
        Assert.Equal("mine", await EventLoop.ToThreadAsync(() => value.Value));
        await EventLoop.ToThreadAsync(static () => Assert.False(Thread.CurrentThread.IsThreadPoolThread));
        await Assert.ThrowsAsync<FormatException>(static () => EventLoop.ToThreadAsync(static () => throw new FormatException()));
        await Assert.ThrowsAsync<FormatException>(static () => EventLoop.ToThreadAsync<int>(static () => throw new FormatException()));
    }

    [Fact]
    public async Task Cancellation_ends_the_waiting_and_not_the_call()
    {
        using ManualResetEventSlim gate = new();
        using CancellationTokenSource stop = new();
        TaskCompletionSource<bool> went = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task waiting = EventLoop.ToThreadAsync(
            () =>
            {
                stop.Cancel();
                went.SetResult(gate.Wait(Patience));
            },
            stop.Token);

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(stop.Token, cancelled.CancellationToken);
        gate.Set();
        Assert.True(await went.Task);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EventLoop.ToThreadAsync(static () => throw new FormatException(), stop.Token));
    }

    [Fact]
    public async Task There_are_never_more_threads_than_allowed_and_idle_ones_end()
    {
        WorkerThreads threads = new(3, TimeSpan.FromMilliseconds(200));
        ConcurrentDictionary<int, bool> seen = new();
        using CountdownEvent all = new(3);
        ThreadCall<int>[] calls = [.. Enumerable.Range(0, 20).Select(i => new ThreadCall<int>(() =>
        {
            seen.TryAdd(Environment.CurrentManagedThreadId, true);
            if (i < 3) Assert.True(all.Signal() || all.Wait(Patience)); // the first three need all three threads
            return i;
        }))];
        foreach (ThreadCall<int> call in calls) threads.Add(call);

        Assert.Equal(Enumerable.Range(0, 20), await Task.WhenAll(calls.Select(static call => call.Task)));
        Assert.Equal(3, seen.Count);
        for (int i = 0; i < 3000 && threads.Count > 0; i++) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Equal(0, threads.Count);
    }
}
