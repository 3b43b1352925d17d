namespace RequestsAsync.Cli;

/// <summary>Threads that are made for one job, as a program has to make them whose calls block.</summary>
internal static class OwnThreads
{
    /// <summary>Runs the same work on each of so many threads, and completes when the last of them has ended.</summary>
    public static async Task RunAsync(int count, Action work)
    {
        Task[] ended = new Task[count];
        for (int i = 0; i < count; i++)
            ended[i] = Start(work);
        await Task.WhenAll(ended).ConfigureAwait(false);
    }

    // LongRunning is how the framework is told to give a thread of its own, outside of the pool.
    private static Task Start(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
