namespace RequestsAsync.Samples.Tests;

public sealed class EventLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Every_step_runs_on_the_calling_thread()
    {
        List<int> threads = [];
        void Note() => threads.Add(Environment.CurrentManagedThreadId);

        EventLoop.Run(async () =>
        {
            Note();
            Task other = EventLoop.CreateTask(async () =>
            {
                Note();
                await Task.Run(() => 0).ConfigureAwait(true);
                Note();
            });
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
            Note();
            await other;
            Note();
        });

        Assert.Equal(Enumerable.Repeat(Environment.CurrentManagedThreadId, 5), threads);
    }

    [Fact]
    public void A_task_begins_when_its_maker_waits()
    {
        List<string> steps = [];

        EventLoop.Run(async () =>
        {
            Task task = EventLoop.CreateTask(() =>
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
    public void The_end_cancels_the_tasks_that_are_left_and_waits_for_them()
    {
        Task? endless = null;
        Task? unbegun = null;
        bool hasCleanedUp = false;

        EventLoop.Run(async () =>
        {
            endless = EventLoop.CreateTask(async () =>
            {
                try
                {
                    await EventLoop.SleepAsync(Timeout.InfiniteTimeSpan);
                }
                finally
                {
                    await Task.Delay(1);
                    hasCleanedUp = true;
                }
            });
            await EventLoop.SleepAsync(TimeSpan.Zero);
            unbegun = EventLoop.CreateTask(() => throw new InvalidOperationException("It began."));
        });

        Assert.True(endless!.IsCanceled);
        Assert.True(unbegun!.IsCanceled);
        Assert.True(hasCleanedUp);
    }

    [Fact]
    public void A_task_whose_sleep_was_over_at_the_end_does_not_go_on()
    {
        int turns = 0;

        EventLoop.Run(async () =>
        {
            _ = EventLoop.CreateTask(async () =>
            {
                while (true)
                {
                    turns++;
                    await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
                }
            });
            await EventLoop.SleepAsync(TimeSpan.Zero);
            Thread.Sleep(50); // holds the loop: the other sleep is over, and its task has had no turn
        });

        Assert.Equal(1, turns);
    }

    [Fact]
    public void What_the_main_function_throws_is_thrown()
    {
        FormatException thrown = new();

        Assert.Same(thrown, Assert.Throws<FormatException>(() => EventLoop.Run(async () =>
        {
            await EventLoop.SleepAsync(TimeSpan.Zero);
            throw thrown;
        })));
        Assert.Same(thrown, Assert.Throws<FormatException>(() => EventLoop.Run(() => throw thrown)));
    }

    [Fact]
    public void A_loop_inside_a_loop_is_refused()
    {
        EventLoop.Run(() =>
        {
            Assert.Throws<InvalidOperationException>(() => EventLoop.Run(() => Task.CompletedTask));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void Loops_after_each_other_and_on_other_threads_are_fine()
    {
        int runs = 0;

        for (int i = 0; i < 2; i++)
        {
            EventLoop.Run(() => EventLoop.ToThreadAsync(() =>
            {
                EventLoop.Run(() => EventLoop.SleepAsync(TimeSpan.Zero));
                return ++runs;
            }));
        }

        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Without_a_loop_there_are_no_tasks()
    {
        Assert.Throws<InvalidOperationException>(() => { _ = EventLoop.CreateTask(() => Task.CompletedTask); });
        await Assert.ThrowsAsync<InvalidOperationException>(() => EventLoop.SleepAsync(TimeSpan.Zero));
        await Assert.ThrowsAsync<InvalidOperationException>(() => EventLoop.ToThreadAsync(() => 0));
    }

    [Fact]
    public void The_loop_runs_on_while_another_thread_is_blocked()
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
    public void What_the_other_thread_throws_is_thrown_where_it_is_awaited() =>
        Assert.Throws<FormatException>(() => EventLoop.Run(() => EventLoop.ToThreadAsync<int>(() => throw new FormatException())));

    [Fact]
    public async Task What_nobody_waited_for_goes_on_after_the_end()
    {
        TaskCompletionSource gate = new();
        Task<SynchronizationContext?>? left = null;
        SynchronizationContext? outer = SynchronizationContext.Current;

        EventLoop.Run(() =>
        {
            left = GoOnAsync();
            return Task.CompletedTask;
        });
        Assert.Same(outer, SynchronizationContext.Current);
        gate.SetResult();

        Assert.Null(await left!.WaitAsync(Patience, TestContext.Current.CancellationToken));

        async Task<SynchronizationContext?> GoOnAsync()
        {
            await gate.Task;
            return SynchronizationContext.Current;
        }
    }
}
