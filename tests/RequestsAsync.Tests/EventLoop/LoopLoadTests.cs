namespace RequestsAsync.Tests;

/// <summary>They measure memory, so nothing else runs beside them.</summary>
[Collection(nameof(LoopLoadTests))]
[CollectionDefinition(nameof(LoopLoadTests), DisableParallelization = true)]
public sealed class LoopLoadTests
{
    private const int Many = 100_000;

    [Fact]
    public void A_hundred_thousand_sleeping_tasks_cost_little_and_leave_nothing()
    {
        ManualTime time = new();
        EventLoop.Run(
            async () =>
            {
                await EventLoop.SleepAsync(TimeSpan.Zero);
                long before = SettledMemory();
                LoopTask[] tasks = new LoopTask[Many];
                for (int i = 0; i < Many; i++) tasks[i] = EventLoop.CreateTask(SleepAnHourAsync);
                await EventLoop.SleepAsync(TimeSpan.Zero);

                Assert.Equal(Many, EventLoop.Current!.Timers.Count);
                long each = (SettledMemory() - before) / Many;
                TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes for each task that sleeps");
                Assert.InRange(each, 1, 1300);

                time.Advance(TimeSpan.FromHours(1));
                await EventLoop.WaitAsync(tasks);
                tasks = [];
                Assert.Equal(0, EventLoop.Current!.Timers.Count);
                await EventLoop.SleepAsync(TimeSpan.Zero);
                Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000); // queues that have grown
            },
            new() { TimeProvider = time });

        // What earlier tests have left behind, in pools above all, goes only by and by.
        static long SettledMemory()
        {
            long before = long.MaxValue;
            while (true)
            {
                long now = GC.GetTotalMemory(forceFullCollection: true);
                if (before - now < 100_000) return now;
                before = now;
                GC.WaitForPendingFinalizers();
            }
        }

        static async Task SleepAnHourAsync()
        {
            await EventLoop.SleepAsync(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task Steps_of_many_threads_all_run_and_in_the_order_of_each()
    {
        int[] last = new int[4];
        int outOfOrder = 0;
        await EventLoop.RunAsync(async () =>
        {
            EventLoop loop = EventLoop.Current!;
            await Task.WhenAll(Enumerable.Range(0, last.Length).Select(thread => Task.Run(() =>
            {
                for (int i = 1; i <= 10_000; i++)
                {
                    int step = i;
                    loop.CallSoonThreadSafe(() =>
                    {
                        if (last[thread] != step - 1) outOfOrder++;
                        last[thread] = step;
                    });
                }
            })));
            await EventLoop.SleepAsync(TimeSpan.Zero);
        });

        Assert.Equal(0, outOfOrder);
        Assert.Equal([10_000, 10_000, 10_000, 10_000], last);
    }
}
