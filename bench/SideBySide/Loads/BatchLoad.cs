using System.Diagnostics;

namespace RequestsAsync.SideBySide;

/// <summary>Batch after batch of the same requests over one session, for a time.</summary>
/// <param name="session">The session.</param>
/// <param name="url">The URL of every request.</param>
/// <param name="atOnce">How many are under way at once.</param>
/// <param name="client">The way of sending them: <c>gather</c>, <c>as-completed</c> or <c>loop-by-hand</c>.</param>
internal sealed class BatchLoad(Session session, string url, int atOnce, string client) : ILoad
{
    private const int BatchSize = 5_000;

    private readonly string[] _urls = [.. Enumerable.Repeat(url, BatchSize)];
    private readonly ConcurrencyOptions _options = new() { MaxConcurrency = atOnce };

    public LoadTally Tally { get; } = new();

    // The last batch is sent to its end, so that one may take longer than the time.
    public async Task RunAsync(TimeSpan duration)
    {
        long began = Stopwatch.GetTimestamp();
        do
        {
            await SendBatchAsync();
            Tally.Add(BatchSize);
        }
        while (Stopwatch.GetElapsedTime(began) < duration);
    }

    private Task SendBatchAsync() => client switch
    {
        "gather" => GatherAsync(),
        "as-completed" => AsCompletedAsync(),
        "loop-by-hand" => ByHandAsync(),
        _ => throw new FormatException($"{client} sends no batches."),
    };

    private async Task GatherAsync()
    {
        foreach (Response response in await session.GatherAsync(_urls, _options))
            response.EnsureSuccess();
    }

    private async Task AsCompletedAsync()
    {
        await foreach (Outcome outcome in session.AsCompletedAsync(_urls, _options))
            outcome.GetResponse().EnsureSuccess();
    }

    // The least that does the same: workers that take the next place until there is none. It knows neither cancellation nor progress nor limits per host.
    private async Task ByHandAsync()
    {
        Response[] responses = new Response[_urls.Length];
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            for (int i = Interlocked.Increment(ref next); i < _urls.Length; i = Interlocked.Increment(ref next))
                responses[i] = await session.GetAsync(_urls[i]);
        })));
        foreach (Response response in responses)
            response.EnsureSuccess();
    }
}
