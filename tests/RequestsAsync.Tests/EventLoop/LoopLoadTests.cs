namespace RequestsAsync.Tests;

/// <summary>They measure memory, so nothing else runs beside them.</summary>
[Collection(nameof(LoopLoadTests))]
[CollectionDefinition(nameof(LoopLoadTests), DisableParallelization = true)]
public sealed class LoopLoadTests
{
    private const int Many = 100_000;
    private const int Most = 1200; // bytes, with the queues that grow

    [Fact]
    public void A_hundred_thousand_sleeping_tasks_cost_little_and_leave_nothing()
    {
        ManualTime time = new();
        EventLoop.Run(
            async () =>
            {
                await EventLoop.SleepAsync(TimeSpan.Zero);
                LoopTask[] tasks = new LoopTask[Many];
                long before = GC.GetAllocatedBytesForCurrentThread(); // the loop's own thread makes all of it
                for (int i = 0; i < Many; i++) tasks[i] = EventLoop.CreateTask(SleepAnHourAsync);
                await EventLoop.SleepAsync(TimeSpan.Zero);

                Assert.Equal(Many, EventLoop.Current!.Timers.Count);
                long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Many;
                TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes for each task that sleeps");
                Assert.InRange(each, 1, Most);

                time.Advance(TimeSpan.FromHours(1));
                await EventLoop.WaitAsync(tasks);
                WeakReference[] some = [.. Enumerable.Range(0, 100).Select(i => new WeakReference(tasks[i * (Many / 100)]))];
                tasks = [];
                Assert.Equal(0, EventLoop.Current!.Timers.Count);
                await EventLoop.SleepAsync(TimeSpan.Zero);
                GC.Collect();
                Assert.DoesNotContain(some, static task => task.IsAlive);
            },
            new() { TimeProvider = time });

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
