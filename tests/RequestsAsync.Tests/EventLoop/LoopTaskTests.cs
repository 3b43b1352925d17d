namespace RequestsAsync.Tests;

public sealed class LoopTaskTests
{
    [Fact]
    public void A_task_begins_when_its_maker_awaits()
    {
        List<string> steps = [];
        EventLoop.Run(async () =>
        {
            LoopTask task = EventLoop.CreateTask(() =>
            {
                steps.Add("task");
                return Task.CompletedTask;
            });
            steps.Add("maker");
            await task;
        });

        Assert.Equal(["maker", "task"], steps);
    }

    [Fact]
    public void Sleeping_for_zero_gives_the_others_one_turn()
    {
        int turns = 0;
        EventLoop.Run(async () =>
        {
            _ = EventLoop.CreateTask(async () =>
            {
                while (true)
                {
                    turns++;
                    await EventLoop.SleepAsync(TimeSpan.Zero);
                }
            });
            for (int i = 0; i < 3; i++) await EventLoop.SleepAsync(TimeSpan.Zero);
        });

        Assert.Equal(3, turns);
    }

    [Fact]
    public void It_has_a_name_a_state_and_a_result() =>
        EventLoop.Run(static async () =>
        {
            LoopTask<int> named = EventLoop.CreateTask(static async () =>
            {
                await Task.Yield();
                return 7;
            }, "seven");
            LoopTask unnamed = EventLoop.CreateTask(static () => Task.CompletedTask);
            Assert.Equal("seven", named.Name);
            Assert.Equal("Task-3", unnamed.Name); // main is the first
            Assert.False(named.IsCompleted);

            Assert.Equal(7, await named);
            Assert.True(named.IsCompletedSuccessfully);
            Assert.Equal(7, await named.Task);
            Assert.Null(named.Exception);
        });

    [Fact]
    public void A_failure_is_thrown_where_it_is_awaited_every_time() =>
        EventLoop.Run(static async () =>
        {
            LoopTask task = EventLoop.CreateTask(static async () =>
            {
                await Task.Yield();
                throw new FormatException();
            });
            await Assert.ThrowsAsync<FormatException>(async () => await task);
            await Assert.ThrowsAsync<FormatException>(async () => await task.Task);
            Assert.True(task.IsFaulted);
        });

    [Fact]
    public void Cancel_reaches_what_listens() =>
        EventLoop.Run(static async () =>
        {
            LoopTask[] tasks =
            [
                EventLoop.CreateTask(static () => EventLoop.SleepAsync(Timeout.InfiniteTimeSpan)),
                EventLoop.CreateTask(static ct => Task.Delay(Timeout.Infinite, ct)),
                EventLoop.CreateTask(static () => Task.Delay(Timeout.Infinite, EventLoop.CancellationToken)),
                EventLoop.CreateTask(static () => EventLoop.ToThreadAsync(static () =>
                {
                    EventLoop.CancellationToken.WaitHandle.WaitOne();
                    EventLoop.CancellationToken.ThrowIfCancellationRequested();
                })),
                EventLoop.CreateTask(static () => new LoopQueue<int>().GetAsync().AsTask()),
                EventLoop.CreateTask(static () => EventLoop.SleepAsync(TimeSpan.FromDays(1), new CancellationTokenSource().Token)),
            ];
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
            foreach (LoopTask task in tasks) task.Cancel();

            (IReadOnlySet<LoopTask> done, _) = await EventLoop.WaitAsync(tasks);
            Assert.Equal(tasks.Length, done.Count);
            Assert.All(tasks, static task => Assert.True(task.IsCanceled && task.IsCancellationRequested));
        });

    [Fact]
    public void Cancel_from_another_thread_works_too() =>
        EventLoop.Run(static async () =>
        {
            LoopTask task = EventLoop.CreateTask(static () => EventLoop.SleepAsync(Timeout.InfiniteTimeSpan));
            await EventLoop.SleepAsync(TimeSpan.Zero);
            await Task.Run(task.Cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await task);
        });

    [Fact]
    public void A_sleep_is_ended_by_the_token_it_is_given() =>
        EventLoop.Run(static async () =>
        {
            using CancellationTokenSource stop = new();
            stop.CancelAfter(1);
            OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EventLoop.SleepAsync(TimeSpan.FromDays(1), stop.Token));
            Assert.Equal(stop.Token, cancelled.CancellationToken);
            Assert.Equal(0, EventLoop.Current!.Timers.Count);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EventLoop.SleepAsync(TimeSpan.FromDays(1), stop.Token));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EventLoop.SleepAsync(TimeSpan.Zero, stop.Token));
            Assert.Equal(0, EventLoop.Current!.Timers.Count);
        });

    [Fact]
    public void A_task_may_finish_though_it_was_cancelled() =>
        EventLoop.Run(static async () =>
        {
            LoopTask<int> task = EventLoop.CreateTask(static async () =>
            {
                try
                {
                    await EventLoop.SleepAsync(Timeout.InfiniteTimeSpan);
                }
                catch (OperationCanceledException)
                {
                }

                return 1;
            });
            await EventLoop.SleepAsync(TimeSpan.Zero);
            task.Cancel();
            Assert.Equal(1, await task);
            task.Cancel();
            Assert.True(task.IsCompletedSuccessfully);
        });

    [Fact]
    public void The_cancellation_of_a_task_cancels_the_one_it_awaits() =>
        EventLoop.Run(static async () =>
        {
            LoopTask inner = EventLoop.CreateTask(static () => EventLoop.SleepAsync(Timeout.InfiniteTimeSpan));
            LoopTask outer = EventLoop.CreateTask(async () => await inner);
            await EventLoop.SleepAsync(TimeSpan.Zero);
            outer.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await outer);
            Assert.True(inner.IsCanceled);
        });

    [Fact]
    public void A_shield_keeps_the_cancellation_off() =>
        EventLoop.Run(static async () =>
        {
            TaskCompletionSource<int> gate = new();
            LoopTask<int> inner = EventLoop.CreateTask(() => gate.Task);
            LoopTask outer = EventLoop.CreateTask(() => EventLoop.ShieldAsync(inner));
            await EventLoop.SleepAsync(TimeSpan.Zero);
            outer.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await outer);
            Assert.False(inner.IsCancellationRequested);
            gate.SetResult(5);
            Assert.Equal(5, await EventLoop.ShieldAsync(inner));
        });

    [Fact]
    public void A_task_that_awaits_itself_is_told_so() =>
        EventLoop.Run(static async () =>
        {
            LoopTask? self = null;
            self = EventLoop.CreateTask(async () => await self!);
            InvalidOperationException told = await Assert.ThrowsAsync<InvalidOperationException>(async () => await self);
            Assert.Contains("awaits itself", told.Message, StringComparison.Ordinal);
        });

    [Fact]
    public void Holding_the_loop_for_one_of_its_tasks_throws() =>
        EventLoop.Run(static () =>
        {
            LoopTask<int> task = EventLoop.CreateTask(static () => Task.FromResult(1));
            Assert.Throws<BlockingCallException>(() => task.GetAwaiter().GetResult());
            Assert.Throws<BlockingCallException>(() => ((LoopTask)task).GetAwaiter().GetResult());
            return Task.CompletedTask;
        });

    [Fact]
    public void Each_task_knows_itself() =>
        EventLoop.Run(static async () =>
        {
            Assert.Equal("main", EventLoop.CurrentTask!.Name);
            LoopTask other = EventLoop.CreateTask(static async () =>
            {
                Assert.Equal("other", EventLoop.CurrentTask!.Name);
                await Task.Yield();
                Assert.Equal("other", await EventLoop.ToThreadAsync(static () => EventLoop.CurrentTask!.Name));
                Assert.Equal(EventLoop.CurrentTask!.CancellationToken, EventLoop.CancellationToken);
            }, "other");
            await other;
            Assert.Equal("main", EventLoop.CurrentTask!.Name);
        });
}
