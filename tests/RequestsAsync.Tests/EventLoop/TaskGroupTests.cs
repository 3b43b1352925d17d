namespace RequestsAsync.Tests;

public sealed class TaskGroupTests
{
    [Fact]
    public void A_group_ends_when_all_its_tasks_have_ended() =>
        EventLoop.Run(static async () =>
        {
            List<int> ended = [];
            string result = await TaskGroup.RunAsync(async group =>
            {
                for (int i = 3; i > 0; i--)
                {
                    int turns = i;
                    _ = group.CreateTask(async () =>
                    {
                        for (int turn = 0; turn < turns; turn++) await EventLoop.SleepAsync(TimeSpan.Zero);
                        ended.Add(turns);
                        if (turns == 3) _ = group.CreateTask(() => Task.FromResult(ended.Count));
                    });
                }

                await Task.Yield();
                return "done";
            });

            Assert.Equal("done", result);
            Assert.Equal([1, 2, 3], ended);
        });

    // As asyncio's __aexit__ does for any exception of the block.
    [Fact]
    public void A_function_that_ends_as_cancelled_cancels_the_others() =>
        EventLoop.Run(static async () =>
        {
            LoopTask? sibling = null;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TaskGroup.RunAsync(async group =>
            {
                sibling = group.CreateTask(static () => EventLoop.SleepAsync(Timeout.InfiniteTimeSpan));
                using CancellationTokenSource own = new();
                await own.CancelAsync();
                await EventLoop.SleepAsync(Timeout.InfiniteTimeSpan, own.Token);
            }));

            Assert.True(sibling!.IsCanceled);
        });

    [Fact]
    public void A_callback_that_throws_keeps_no_other_task_from_being_cancelled()
    {
        Problems problems = new();
        EventLoop.Run(
            static async () =>
            {
                List<LoopTask> siblings = [];
                await Assert.ThrowsAsync<FormatException>(() => TaskGroup.RunAsync(async group =>
                {
                    for (int i = 0; i < 3; i++)
                    {
                        siblings.Add(group.CreateTask(static async ct =>
                        {
                            await using CancellationTokenRegistration registration = ct.Register(static () => throw new InvalidOperationException("a callback"));
                            await EventLoop.SleepAsync(Timeout.InfiniteTimeSpan, ct);
                        }));
                    }

                    await Task.Yield();
                    throw new FormatException();
                }));

                Assert.All(siblings, static task => Assert.True(task.IsCompleted));
            },
            problems.Options);

        Assert.Equal(3, problems.Seen.Count(static problem => problem.Exception is AggregateException));
    }

    [Fact]
    public void A_failure_cancels_the_others_and_the_function() =>
        EventLoop.Run(static async () =>
        {
            LoopTask? sibling = null;
            bool wasBodyCancelled = false;
            FormatException thrown = await Assert.ThrowsAsync<FormatException>(() => TaskGroup.RunAsync(async group =>
            {
                sibling = group.CreateTask(static ct => Task.Delay(Timeout.Infinite, ct));
                _ = group.CreateTask(FailAsync);
                try
                {
                    await EventLoop.SleepAsync(Timeout.InfiniteTimeSpan);
                }
                finally
                {
                    wasBodyCancelled = true;
                    Assert.True(group.CreateTask(static () => Task.FromResult(1)).IsCancellationRequested);
                }
            }));

            Assert.Contains(nameof(FailAsync), thrown.StackTrace, StringComparison.Ordinal);
            Assert.True(sibling!.IsCanceled);
            Assert.True(wasBodyCancelled);

            static async Task FailAsync()
            {
                await Task.Yield();
                throw new FormatException();
            }
        });

    [Fact]
    public void Several_failures_become_one_exception() =>
        EventLoop.Run(static async () =>
        {
            AggregateException several = await Assert.ThrowsAsync<AggregateException>(() => TaskGroup.RunAsync(static group =>
            {
                _ = group.CreateTask(static () => Task.FromException(new FormatException()));
                _ = group.CreateTask(static () => Task.FromException(new InvalidDataException()));
                return Task.CompletedTask;
            }));
            Assert.Equal([typeof(FormatException), typeof(InvalidDataException)], several.InnerExceptions.Select(static failure => failure.GetType()));
        });

    [Fact]
    public void The_cancellation_of_one_task_is_no_failure() =>
        EventLoop.Run(static async () =>
        {
            LoopTask? other = null;
            await TaskGroup.RunAsync(async group =>
            {
                LoopTask one = group.CreateTask(static () => EventLoop.SleepAsync(Timeout.InfiniteTimeSpan));
                other = group.CreateTask(static () => EventLoop.SleepAsync(TimeSpan.FromMilliseconds(2)));
                await EventLoop.SleepAsync(TimeSpan.Zero);
                one.Cancel();
            });
            Assert.True(other!.IsCompletedSuccessfully);
        });

    [Fact]
    public void Whoever_cancels_the_task_that_awaits_a_group_cancels_the_group() =>
        EventLoop.Run(static async () =>
        {
            LoopTask? inner = null;
            LoopTask outer = EventLoop.CreateTask(() => TaskGroup.RunAsync(group =>
            {
                inner = group.CreateTask(static () => EventLoop.SleepAsync(Timeout.InfiniteTimeSpan));
                return Task.CompletedTask;
            }));
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
            outer.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await outer);
            Assert.True(inner!.IsCanceled);
        });

    [Fact]
    public void A_group_that_has_ended_takes_no_task() =>
        EventLoop.Run(static async () =>
        {
            TaskGroup? ended = null;
            await TaskGroup.RunAsync(group =>
            {
                ended = group;
                return Task.CompletedTask;
            });
            Assert.Throws<InvalidOperationException>(() => ended!.CreateTask(static () => Task.CompletedTask));
        });
}
