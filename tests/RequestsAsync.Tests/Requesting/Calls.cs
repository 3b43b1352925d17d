namespace RequestsAsync.Tests;

/// <summary>Both ways to send, so that a table can hold them to the same result.</summary>
internal static class Calls
{
    public static TheoryData<bool> AwaitedAndBlocking => [true, false];

    /// <summary>Sends awaited, or blocking on a thread of its own.</summary>
    public static async Task<Response> SendAsync(
        this Session session, bool awaited, string method, string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        awaited
            ? await session.SendAsync(method, url, options, cancellationToken)
            : await Task.Factory.StartNew(
                () => session.Send(method, url, options, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
