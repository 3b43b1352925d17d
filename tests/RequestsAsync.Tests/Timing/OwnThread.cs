namespace RequestsAsync.Tests;

/// <summary>For what blocks: a thread of the pool that waits is missing where something is to be done for it to go on.</summary>
internal static class OwnThread
{
    public static Task RunAsync(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public static Task<T> RunAsync<T>(Func<T> action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
