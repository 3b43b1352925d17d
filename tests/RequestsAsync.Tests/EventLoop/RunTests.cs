using System.Runtime.CompilerServices;

namespace RequestsAsync.Tests;

public sealed class RunTests
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
            LoopTask other = EventLoop.CreateTask(async () =>
            {
                Note();
                await Task.Run(static () => 0).ConfigureAwait(true);
                Note();
            });
            await Task.Yield();
            Note();
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
            Note();
            await EventLoop.ToThreadAsync(static () => 0);
            Note();
            await Task.Factory.StartNew(Note, CancellationToken.None, TaskCreationOptions.None, EventLoop.Current!.Scheduler);
            await other;
            Note();
        });

        Assert.Equal(Enumerable.Repeat(Environment.CurrentManagedThreadId, 8), threads);
    }

    [Fact]
    public async Task RunAsync_runs_it_on_a_thread_of_its_own()
    {
        (int before, int after) = await EventLoop.RunAsync(async () =>
        {
            int before = Environment.CurrentManagedThreadId;
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
            return (before, Environment.CurrentManagedThreadId);
        });

        Assert.Equal(before, after);
        Assert.NotEqual(before, Environment.CurrentManagedThreadId);
        await Assert.ThrowsAsync<FormatException>(() => EventLoop.RunAsync(static () => throw new FormatException()));
    }

    [Fact]
    public void Gives_the_result() =>
        Assert.Equal(42, EventLoop.Run(static async () =>
        {
            await Task.Yield();
            return 42;
        }));

    [Fact]
    public void Throws_what_the_function_throws_with_its_stack()
    {
        FormatException thrown = Assert.Throws<FormatException>(static () => EventLoop.Run(FailAsync));
        Assert.Contains(nameof(FailAsync), thrown.StackTrace, StringComparison.Ordinal);
        Assert.Throws<FormatException>(static () => EventLoop.Run(static () => throw new FormatException()));
        Assert.Throws<InvalidOperationException>(static () => EventLoop.Run(NullAsync));

        static async Task FailAsync()
        {
            await Task.Yield();
            throw new FormatException();
        }

#pragma warning disable MA0022 // what is tested
        static Task NullAsync() => null!;
#pragma warning restore MA0022
    }

    [Fact]
    public void A_cancelled_function_is_a_cancelled_run()
    {
        Assert.ThrowsAny<OperationCanceledException>(static () => EventLoop.Run(static () => Task.FromCanceled(new(canceled: true))));

        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => EventLoop.Run(
            async ct =>
            {
                stop.CancelAfter(1);
                await Task.Delay(Timeout.Infinite, ct);
            },
            cancellationToken: stop.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => EventLoop.Run(static () => throw new InvalidOperationException("It began."), cancellationToken: stop.Token));
    }

    [Fact]
    public void A_loop_inside_a_loop_is_refused() =>
        EventLoop.Run(static () =>
        {
            InvalidOperationException refused = Assert.Throws<InvalidOperationException>(static () => EventLoop.Run(static () => Task.CompletedTask));
            Assert.Contains("RunAsync", refused.Message, StringComparison.Ordinal);
            return Task.CompletedTask;
        });

    [Fact]
    public void A_loop_on_a_thread_beside_a_loop_is_fine() =>
        Assert.Equal(3, EventLoop.Run(static () => EventLoop.ToThreadAsync(static () => EventLoop.Run(static async () =>
        {
            await EventLoop.SleepAsync(TimeSpan.Zero);
            return 3;
        }))));

    [Fact]
    public void It_is_current_only_on_its_thread()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        Assert.Null(EventLoop.Current);
        EventLoop.Run(static async () =>
        {
            Assert.True(EventLoop.IsRunning);
            Assert.NotNull(EventLoop.Current);
            Assert.False(await EventLoop.ToThreadAsync(static () => EventLoop.IsRunning));
            Assert.False(await Task.Run(static () => EventLoop.IsRunning));
        });

        Assert.False(EventLoop.IsRunning);
        Assert.Same(before, SynchronizationContext.Current);
    }

    [Fact]
    public async Task Without_a_loop_it_says_what_to_do()
    {
        Assert.Contains("EventLoop.Run", Assert.Throws<InvalidOperationException>(static () => EventLoop.CreateTask(static () => Task.CompletedTask)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(static () => EventLoop.CallSoon(static () => { }));
        await Assert.ThrowsAsync<InvalidOperationException>(static () => EventLoop.SleepAsync(TimeSpan.Zero));
        await Assert.ThrowsAsync<InvalidOperationException>(static () => TaskGroup.RunAsync(static _ => Task.CompletedTask));
    }

    [Fact]
    public void The_end_cancels_the_tasks_that_are_left_and_waits_for_them()
    {
        LoopTask? endless = null;
        LoopTask? unbegun = null;
        LoopTask? late = null;
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
                    late = EventLoop.CreateTask(UnwantedAsync);
                }
            });
            await EventLoop.SleepAsync(TimeSpan.Zero);
            unbegun = EventLoop.CreateTask(UnwantedAsync);
        });

        Assert.True(endless!.IsCanceled);
        Assert.True(unbegun!.IsCanceled);
        Assert.True(late!.IsCanceled);
        Assert.True(hasCleanedUp);

        static Task UnwantedAsync() => throw new InvalidOperationException("It began.");
    }

    [Fact]
    public void A_sleep_that_was_over_at_the_end_does_not_go_on()
    {
        ManualTime time = new();
        int turns = 0;

        EventLoop.Run(
            async () =>
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
                time.Advance(TimeSpan.FromMilliseconds(50));
            },
            new() { TimeProvider = time });

        Assert.Equal(1, turns);
    }

    [Fact]
    public void A_task_that_does_not_end_is_named()
    {
        ManualTime time = new();
        Problems problems = new();
        TaskCompletionSource gate = new();

        EventLoop.Run(
            async () =>
            {
                _ = EventLoop.CreateTask(StayAsync, "stubborn");
                await EventLoop.SleepAsync(TimeSpan.Zero);
            },
            problems.Options with { TimeProvider = time });

        LoopProblem named = Assert.Single(problems.Seen);
        Assert.Contains("stubborn (RunTests.StayAsync)", named.Message, StringComparison.Ordinal);

        async Task StayAsync()
        {
            EventLoop.CancellationToken.Register(() =>
            {
                // The end of the loop: five seconds later the task is named, after six it gives in.
                EventLoop.CallLater(TimeSpan.FromSeconds(6), gate.SetResult);
                EventLoop.CallSoon(() => time.Advance(TimeSpan.FromSeconds(5)));
                EventLoop.CallLater(TimeSpan.FromSeconds(5), () => EventLoop.CallSoon(() => time.Advance(TimeSpan.FromSeconds(1))));
            });
            await gate.Task;
        }
    }

    [Fact]
    public async Task What_nobody_waited_for_goes_on_after_the_end_on_the_thread_pool()
    {
        TaskCompletionSource gate = new();
        Task<bool>? left = null;
        Task? sleeping = null;

        EventLoop.Run(() =>
        {
            left = GoOnAsync();
            using (ExecutionContext.SuppressFlow()) sleeping = EventLoop.SleepAsync(Timeout.InfiniteTimeSpan);
            return Task.CompletedTask;
        });
        gate.SetResult();

        Assert.True(await left!.WaitAsync(Patience, TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping!.WaitAsync(Patience, TestContext.Current.CancellationToken));

        async Task<bool> GoOnAsync()
        {
            await gate.Task;
            return SynchronizationContext.Current is null && Thread.CurrentThread.IsThreadPoolThread;
        }
    }

    [Fact]
    public void An_exception_that_nobody_retrieved_is_reported_at_the_end()
    {
        Problems problems = new();
        EventLoop.Run(
            static async () =>
            {
                _ = EventLoop.CreateTask(static () => throw new FormatException(), "lost");
                LoopTask asked = EventLoop.CreateTask(static () => throw new InvalidDataException(), "asked");
                await EventLoop.SleepAsync(TimeSpan.Zero);
                Assert.IsType<InvalidDataException>(asked.Exception);
            },
            problems.Options);

        LoopProblem lost = Assert.Single(problems.Seen);
        Assert.IsType<FormatException>(lost.Exception);
        Assert.Equal("lost", lost.Task!.Name);
        Assert.Contains("never retrieved", lost.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Very_many_exceptions_that_nobody_retrieved_are_not_kept()
    {
        Problems problems = new();
        int before = 0;
        EventLoop.Run(
            async () =>
            {
                for (int i = 0; i < 1500; i++) _ = EventLoop.CreateTask(static () => throw new FormatException());
                await EventLoop.SleepAsync(TimeSpan.Zero);
                before = problems.Seen.Count;
            },
            problems.Options);

        Assert.Equal(1001, before);
        Assert.Equal(1500, problems.Seen.Count);
    }

    [Fact]
    public void An_exception_of_a_callback_is_reported_and_the_loop_goes_on()
    {
        Problems problems = new();
        EventLoop.Run(
            static async () =>
            {
                EventLoop.CallSoon(static () => throw new FormatException());
                FailVoid();
                await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
            },
            problems.Options);

        Assert.Equal([typeof(FormatException), typeof(InvalidDataException)], problems.Seen.Select(static problem => problem.Exception!.GetType()));
        Assert.Contains(nameof(An_exception_of_a_callback_is_reported_and_the_loop_goes_on), problems.Seen[0].Message, StringComparison.Ordinal);

        static async void FailVoid()
        {
            await Task.Yield();
            throw new InvalidDataException();
        }
    }

    [Fact]
    public void What_a_step_leaves_on_the_thread_does_not_reach_the_next()
    {
        AsyncLocal<int> value = new();
        List<object?> seen = [];
        EventLoop.Run(async () =>
        {
            SynchronizationContext loop = SynchronizationContext.Current!;
            loop.Post(
                _ =>
                {
                    value.Value = 1;
                    SynchronizationContext.SetSynchronizationContext(null);
                },
                null);
            loop.Post(_ => seen.AddRange([value.Value, SynchronizationContext.Current == loop]), null);
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
        });

        Assert.Equal([0, true], seen);
    }

    [Fact]
    public void The_values_of_the_caller_reach_the_loop_and_its_tasks()
    {
        AsyncLocal<int> value = new() { Value = 1 };
        EventLoop.Run(async () =>
        {
            Assert.Equal(1, value.Value);
            value.Value = 2;
            LoopTask other = EventLoop.CreateTask(() =>
            {
                Assert.Equal(2, value.Value);
                value.Value = 3;
                return Task.CompletedTask;
            });
            await other;
            Assert.Equal(2, value.Value);
        });
        Assert.Equal(1, value.Value);
    }

    [Fact]
    public void Ended_tasks_are_not_kept()
    {
        WeakReference? ended = null;
        EventLoop.Run(async () =>
        {
            ended = Start();
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
            GC.Collect();
            Assert.False(ended.IsAlive);
        });

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Start() => new(EventLoop.CreateTask(static () => EventLoop.SleepAsync(TimeSpan.Zero)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_threshold_that_makes_no_sense_is_refused(int seconds) =>
        Assert.Throws<ArgumentException>(() => EventLoop.Run(static () => Task.CompletedTask, new() { SlowCallbackThreshold = TimeSpan.FromSeconds(seconds) }));

    [Fact]
    public async Task Inline_completions_that_come_too_late_are_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows whether sockets were used.");
        using HttpClient client = new();
        await using Testing.HttpBin bin = await Testing.HttpBin.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await client.GetStringAsync(new Uri(bin.Url + "/get"), TestContext.Current.CancellationToken);

        InvalidOperationException late = Assert.Throws<InvalidOperationException>(
            static () => EventLoop.Run(static () => Task.CompletedTask, new() { InlineSocketCompletions = true }));
        Assert.Contains("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sleep_that_is_over_in_the_turn_in_which_the_loop_ends_wakes_nobody()
    {
        for (int i = 0; i < 50; i++)
        {
            bool hasEnded = false;
            bool wentOn = false;
            await EventLoop.RunAsync(async () =>
            {
                _ = EventLoop.CreateTask(async () =>
                {
                    await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
                    wentOn = hasEnded;
                });
                await EventLoop.SleepAsync(TimeSpan.Zero);
                await EventLoop.ToThreadAsync(() => { });
                long started = TimeProvider.System.GetTimestamp();
                EventLoop.CallSoon(() => { while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMilliseconds(2)) { } });
                await Task.Yield(); // the step after the one that held the loop, in whose turn the sleep is over
                hasEnded = true;
            });

            Assert.False(wentOn);
        }
    }

    [Fact]
    public async Task An_async_iterator_that_a_task_was_reading_is_disposed_when_the_loop_ends()
    {
        bool isDisposed = false;
        await EventLoop.RunAsync(async () =>
        {
            _ = EventLoop.CreateTask(async () =>
            {
                await foreach (int _ in EndlessAsync())
                {
                }
            });
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(5));
        });

        Assert.True(isDisposed);

        async IAsyncEnumerable<int> EndlessAsync()
        {
            try
            {
                for (int i = 0; ; i++)
                {
                    await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(1));
                    yield return i;
                }
            }
            finally
            {
                isDisposed = true;
            }
        }
    }
}
