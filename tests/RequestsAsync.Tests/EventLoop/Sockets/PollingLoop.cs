namespace RequestsAsync.Tests;

/// <summary>Loops that wait on their connections themselves.</summary>
internal static class PollingLoop
{
    public static Task RunAsync(Func<Task> main, EventLoopOptions? options = null, CancellationToken cancellationToken = default) =>
        EventLoop.RunAsync(main, Polling(options), cancellationToken);

    public static Task<T> RunAsync<T>(Func<Task<T>> main, EventLoopOptions? options = null, CancellationToken cancellationToken = default) =>
        EventLoop.RunAsync(main, Polling(options), cancellationToken);

    private static EventLoopOptions Polling(EventLoopOptions? options) => (options ?? new()) with { PollSockets = true };
}
