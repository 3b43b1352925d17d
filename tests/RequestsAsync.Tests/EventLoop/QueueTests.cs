namespace RequestsAsync.Tests;

public sealed class QueueTests
{
    [Fact]
    public void Items_come_out_as_they_went_in_and_a_full_queue_lets_wait() =>
        EventLoop.Run(static async () =>
        {
            LoopQueue<int> queue = new(2);
            int put = 0;
            LoopTask producer = EventLoop.CreateTask(async () =>
            {
                for (int i = 0; i < 10; i++)
                {
                    await queue.PutAsync(i);
                    put++;
                }
            });
            for (int i = 0; i < 5; i++) await EventLoop.SleepAsync(TimeSpan.Zero);
            Assert.Equal(2, put);
            Assert.Equal(2, queue.Count);
            Assert.False(queue.TryPut(99));

            List<int> taken = [];
            while (taken.Count < 10)
            {
                taken.Add(await queue.GetAsync());
                queue.TaskDone();
            }

            await producer;
            await queue.JoinAsync();
            Assert.Equal(Enumerable.Range(0, 10), taken);
            Assert.False(queue.TryGet(out _));
        });

    [Fact]
    public void Join_waits_for_what_was_put_in() =>
        EventLoop.Run(static async () =>
        {
            LoopQueue<string> queue = new();
            Assert.True(queue.TryPut("a"));
            await queue.PutAsync("b");
            LoopTask join = EventLoop.CreateTask(() => queue.JoinAsync());
            Assert.True(queue.TryGet(out string? first));
            Assert.Equal("a", first);
            queue.TaskDone();
            await EventLoop.SleepAsync(TimeSpan.Zero);
            Assert.False(join.IsCompleted);
            Assert.Equal("b", await queue.GetAsync(new CancellationTokenSource().Token));
            queue.TaskDone();
            await join;
            Assert.Throws<InvalidOperationException>(queue.TaskDone);
        });

    [Fact]
    public void A_cancelled_put_leaves_nothing_behind() =>
        EventLoop.Run(static async () =>
        {
            LoopQueue<int> queue = new(1);
            Assert.True(queue.TryPut(1));
            LoopTask waiting = EventLoop.CreateTask(() => queue.PutAsync(2).AsTask());
            await EventLoop.SleepAsync(TimeSpan.Zero);
            waiting.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
            Assert.Equal(1, await queue.GetAsync());
            queue.TaskDone();
            await queue.JoinAsync();
            Assert.Equal(0, queue.Count);
        });

    [Fact]
    public void A_semaphore_lets_so_many_in() =>
        EventLoop.Run(static async () =>
        {
            using LoopSemaphore semaphore = new(2);
            int inside = 0;
            int most = 0;
            await EventLoop.GatherAsync(Enumerable.Range(0, 10).Select(_ => EventLoop.CreateTask(async () =>
            {
                using IDisposable place = await semaphore.AcquireAsync();
                most = Math.Max(most, ++inside);
                await EventLoop.SleepAsync(TimeSpan.Zero);
                inside--;
                place.Dispose(); // the second time is nothing
            })));
            Assert.Equal(2, most);
            Assert.Equal(2, semaphore.Free);
        });
}
