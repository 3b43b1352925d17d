namespace RequestsAsync.Cli.Tests;

public sealed class EventLoopTests
{
    [Fact]
    public void Runs_every_continuation_on_one_thread()
    {
        List<int> threads = [];
        EventLoop.Run(async () =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Yield();
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Run(static () => { });
            threads.Add(Environment.CurrentManagedThreadId);
        });

        Assert.Equal(3, threads.Count);
        Assert.All(threads, static thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
    }

    [Fact]
    public void Takes_blocking_calls_to_another_thread()
    {
        int other = 0;
        EventLoop.Run(async () => other = await EventLoop.ToThreadAsync(static () => Environment.CurrentManagedThreadId));

        Assert.NotEqual(Environment.CurrentManagedThreadId, other);
    }

    [Fact]
    public void Throws_what_the_program_throws()
    {
        Assert.Throws<InvalidDataException>(static () => EventLoop.Run(static async () =>
        {
            await Task.Yield();
            throw new InvalidDataException();
        }));
        Assert.Throws<OperationCanceledException>(static () => EventLoop.Run(static () => Task.FromCanceled(new CancellationToken(canceled: true))));
    }

    [Fact]
    public void Puts_the_context_back()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        EventLoop.Run(static () => Task.CompletedTask);

        Assert.Same(before, SynchronizationContext.Current);
    }
}
