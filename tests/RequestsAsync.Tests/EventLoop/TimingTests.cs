using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class TimingTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Sleeps_end_in_the_order_of_their_times()
    {
        ManualTime time = new();
        List<int> ended = [];
        EventLoop.Run(
            async () =>
            {
                LoopTask[] tasks = [.. new[] { 3, 1, 2, 1 }.Select(hours => EventLoop.CreateTask(async () =>
                {
                    await EventLoop.SleepAsync(hours * Hour);
                    ended.Add(hours);
                }))];
                await EventLoop.SleepAsync(TimeSpan.Zero);
                time.Advance(Hour - TimeSpan.FromTicks(1));
                await EventLoop.SleepAsync(TimeSpan.Zero);
                Assert.Empty(ended);
                time.Advance(3 * Hour);
                await EventLoop.GatherAsync(tasks);
            },
            new() { TimeProvider = time });

        Assert.Equal([1, 1, 2, 3], ended);
    }

    [Fact]
    public void The_loop_waits_by_the_clock_it_is_given()
    {
        ManualTime time = new();
        EventLoop.Run(
            async () =>
            {
                Task turning = Task.Run(async () =>
                {
                    while (time.Now < new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero))
                    {
                        time.Advance(Hour);
                        await Task.Delay(1);
                    }
                });
                await EventLoop.SleepAsync(3 * Hour);
                Assert.True(EventLoop.Time >= 3 * Hour);
                await turning;
            },
            new() { TimeProvider = time });
    }

    [Fact]
    public void Calls_come_soon_later_and_at_a_time()
    {
        ManualTime time = new();
        List<string> calls = [];
        EventLoop.Run(
            async () =>
            {
                EventLoop.CallAt(2 * Hour, () => calls.Add("at"));
                EventLoop.CallLater(Hour, () => calls.Add("later"));
                EventLoop.CallLater(Hour, () => calls.Add("never")).Cancel();
                EventLoop.CallSoon(() => calls.Add("soon"));
                LoopHandle off = EventLoop.CallSoon(() => calls.Add("never"));
                off.Cancel();
                Assert.True(off.IsCancelled);
                calls.Add("now");
                await EventLoop.SleepAsync(TimeSpan.Zero);
                time.Advance(2 * Hour);
                await EventLoop.SleepAsync(TimeSpan.FromTicks(1)).WaitAsync(TimeSpan.Zero).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                await EventLoop.SleepAsync(TimeSpan.Zero);
            },
            new() { TimeProvider = time });

        Assert.Equal(["now", "soon", "later", "at"], calls);
    }

    [Fact]
    public void Another_thread_can_call() =>
        EventLoop.Run(static async () =>
        {
            EventLoop loop = EventLoop.Current!;
            int thread = Environment.CurrentManagedThreadId;
            TaskCompletionSource<int> called = new();
            await Task.Run(() => loop.CallSoonThreadSafe(() => called.SetResult(Environment.CurrentManagedThreadId)));
            Assert.Equal(thread, await called.Task);
        });

    [Fact]
    public void A_call_that_is_under_way_cannot_be_called_off() =>
        EventLoop.Run(static async () =>
        {
            LoopHandle? handle = null;
            handle = EventLoop.CallSoon(() => handle!.Cancel());
            await EventLoop.SleepAsync(TimeSpan.Zero);
            Assert.False(handle.IsCancelled);
        });

    [Fact]
    public void A_negative_time_is_refused() =>
        EventLoop.Run(static async () =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(static () => EventLoop.CallLater(-Hour, static () => { }));
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(static () => EventLoop.SleepAsync(-Hour));
        });

    [Fact]
    public void The_heap_gives_timers_in_order_whatever_was_taken_out() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(byte Due, bool IsRemoved)[]>(),
            static timers =>
            {
                TimerHeap heap = new();
                Timer[] all = [.. timers.Select(static (timer, i) => new Timer(timer.Due, i, timer.IsRemoved))];
                foreach (Timer timer in all) heap.Add(timer, timer.Due);
                foreach (Timer timer in all.Where(static timer => timer.IsRemoved)) heap.Remove(timer);
                foreach (Timer timer in all.Where(static timer => timer.IsRemoved)) heap.Remove(timer); // a second time is nothing

                List<Timer> taken = [];
                while (heap.TakeDue(100) is { } timer) taken.Add((Timer)timer);
                while (heap.TakeDue(long.MaxValue) is { } timer) taken.Add((Timer)timer);
                return taken.SequenceEqual(all.Where(static timer => !timer.IsRemoved).OrderBy(static timer => timer.Due).ThenBy(static timer => timer.Order))
                    && heap.Count == 0 && all.All(static timer => timer.HeapIndex == -1);
            }).QuickCheckThrowOnFailure();

    private sealed record Timer(byte Due, int Order, bool IsRemoved) : ILoopTimer
    {
        public int HeapIndex { get; set; } = -1;

        public void Elapse()
        {
        }
    }
}
