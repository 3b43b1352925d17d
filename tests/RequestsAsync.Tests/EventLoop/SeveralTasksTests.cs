namespace RequestsAsync.Tests;

public sealed class SeveralTasksTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Gather_gives_the_results_in_the_order_of_the_tasks() =>
        EventLoop.Run(static async () =>
        {
            int[] results = await EventLoop.GatherAsync(After(2, turns: 3), After(1, turns: 0));
            Assert.Equal([2, 1], results);
            results = await EventLoop.GatherAsync(ValueAsync(2), ValueAsync(1));
            Assert.Equal([2, 1], results);
            results = await EventLoop.GatherAsync(Array.Empty<LoopTask<int>>());
            Assert.Empty(results);
            await EventLoop.GatherAsync(EventLoop.CreateTask(static () => Task.CompletedTask), After(1, 0));
            await EventLoop.GatherAsync(Task.CompletedTask, Task.FromResult(1));
        });

    [Fact]
    public void Gather_throws_the_first_failure_at_once_and_lets_the_others_go_on()
    {
        Problems problems = new();
        EventLoop.Run(
            static async () =>
            {
                LoopTask<int> endless = EventLoop.CreateTask(EndlessAsync);
                TaskCompletionSource gate = new();
                LoopTask<int> first = Failing(new FormatException(), Task.CompletedTask);
                LoopTask<int> second = Failing(new InvalidDataException(), gate.Task);
                await Assert.ThrowsAsync<FormatException>(() => EventLoop.GatherAsync(endless, second, first));
                Assert.False(endless.IsCompleted);
                gate.SetResult();
                await Assert.ThrowsAsync<InvalidDataException>(() => EventLoop.GatherAsync(endless.Task, second.Task));
            },
            problems.Options);
        Assert.Empty(problems.Seen); // the second failure is known to whoever gathered
    }

    [Fact]
    public void A_cancelled_gather_cancels_its_tasks() =>
        EventLoop.Run(static async () =>
        {
            LoopTask<int> endless = EventLoop.CreateTask(EndlessAsync);
            LoopTask gather = EventLoop.CreateTask(() => EventLoop.GatherAsync(endless, After(1, 0)));
            LoopTask plain = EventLoop.CreateTask(() => EventLoop.GatherAsync(endless.Task, Task.FromResult(1)));
            await EventLoop.SleepAsync(TimeSpan.Zero);
            plain.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await plain);
            Assert.False(endless.IsCancellationRequested);
            gather.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await gather);
            Assert.True(endless.IsCanceled);
        });

    [Fact]
    public void Tasks_are_given_out_as_they_end() =>
        EventLoop.Run(static async () =>
        {
            TaskCompletionSource[] gates = [new(), new(), new()];
            LoopTask<int>[] tasks = [.. gates.Select(static gate => Behind(gate.Task))];
            List<LoopTask<int>> given = [];
            gates[1].SetResult();
            await foreach (LoopTask<int> ended in EventLoop.AsCompletedAsync(tasks))
            {
                Assert.True(ended.IsCompleted);
                given.Add(ended);
                gates[given.Count == 1 ? 2 : 0].TrySetResult();
            }

            Assert.Equal([tasks[1], tasks[2], tasks[0]], given);
        });

    [Theory]
    [InlineData(WaitUntil.AllCompleted, 3)]
    [InlineData(WaitUntil.FirstCompleted, 1)]
    [InlineData(WaitUntil.FirstException, 2)]
    public void Wait_ends_when_it_is_told_to(WaitUntil until, int expected) =>
        EventLoop.Run(async () =>
        {
            TaskCompletionSource[] gates = [new(), new(), new()];
            LoopTask<int>[] tasks = [Behind(gates[0].Task), Failing(new FormatException(), gates[1].Task), Behind(gates[2].Task)];
            Task<(IReadOnlySet<LoopTask<int>> Done, IReadOnlySet<LoopTask<int>> Pending)> waiting = EventLoop.WaitAsync(tasks, until);
            for (int i = 0; i < expected; i++)
            {
                await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
                Assert.False(waiting.IsCompleted);
                gates[i].SetResult();
            }

            (IReadOnlySet<LoopTask<int>> done, IReadOnlySet<LoopTask<int>> pending) = await waiting;
            Assert.Equal(tasks.Take(expected), done.OrderBy(task => Array.IndexOf(tasks, task)));
            Assert.Equal(tasks.Length - expected, pending.Count);
            _ = tasks[1].Exception;
            foreach (TaskCompletionSource gate in gates) gate.TrySetResult(); // nothing else ends them
        });

    [Fact]
    public void Wait_ends_with_its_time_and_cancels_nothing()
    {
        ManualTime time = new();
        EventLoop.Run(
            async () =>
            {
                LoopTask<int> endless = EventLoop.CreateTask(EndlessAsync);
                EventLoop.CallSoon(() => time.Advance(Hour));
                (IReadOnlySet<LoopTask<int>> done, IReadOnlySet<LoopTask<int>> pending) = await EventLoop.WaitAsync([endless], timeout: Hour);
                Assert.Empty(done);
                Assert.Same(endless, Assert.Single(pending));
                Assert.False(endless.IsCancellationRequested);
                Assert.Empty((await EventLoop.WaitAsync(Array.Empty<LoopTask>())).Done);
            },
            new() { TimeProvider = time });
    }

    [Fact]
    public void Wait_for_cancels_what_takes_too_long()
    {
        ManualTime time = new();
        EventLoop.Run(
            async () =>
            {
                LoopTask<int> endless = EventLoop.CreateTask(EndlessAsync);
                EventLoop.CallSoon(() => time.Advance(Hour));
                await Assert.ThrowsAsync<TimeoutException>(() => EventLoop.WaitForAsync(endless, Hour));
                Assert.True(endless.IsCanceled);

                Assert.Equal(4, await EventLoop.WaitForAsync(After(4, turns: 2), Hour));
                await Assert.ThrowsAsync<FormatException>(() => EventLoop.WaitForAsync(Failing(new FormatException(), Task.CompletedTask), Timeout.InfiniteTimeSpan));
                Assert.Equal(0, EventLoop.Current!.Timers.Count);
            },
            new() { TimeProvider = time });
    }

    private static async Task<int> EndlessAsync()
    {
        await EventLoop.SleepAsync(Timeout.InfiniteTimeSpan);
        return 0;
    }

    private static async Task<int> ValueAsync(int value)
    {
        await EventLoop.SleepAsync(TimeSpan.Zero);
        return value;
    }

    private static LoopTask<int> After(int value, int turns) => EventLoop.CreateTask(async () =>
    {
        for (int i = 0; i < turns; i++) await EventLoop.SleepAsync(TimeSpan.Zero);
        return value;
    });

    private static LoopTask<int> Behind(Task gate) => EventLoop.CreateTask(async () =>
    {
        await gate;
        return 0;
    });

    private static LoopTask<int> Failing(Exception failure, Task gate) => EventLoop.CreateTask(async () =>
    {
        await gate;
        return gate.IsCompleted ? throw failure : 0;
    });
}
