using System.Collections.Concurrent;

namespace RequestsAsync.Tests;

/// <summary>Answers in memory and remembers how many requests were under way at once.</summary>
internal sealed class Gauge
{
    private readonly ConcurrentDictionary<string, (int Now, int Peak)> _hosts = new();
    private readonly Lock _gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public Gauge() => Handler = new MemoryHandler(AnswerAsync);

    public MemoryHandler Handler { get; }

    /// <summary>Whether requests end only by cancellation.</summary>
    public bool Hangs { get; init; }

    public int UnderWay { get; private set; }

    public int Peak { get; private set; }

    public int Total { get; private set; }

    public int PeakOf(string host) => _hosts[host].Peak;

    /// <summary>Completes when so many are under way.</summary>
    public Task ReachedAsync(int count)
    {
        lock (_gate)
        {
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (UnderWay >= count)
                reached.SetResult();
            else
                _waiting.Add((count, reached));
            return reached.Task;
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage message, CancellationToken ct)
    {
        string host = message.RequestUri!.Host;
        Count(host, 1);
        try
        {
            if (Hangs)
                await Task.Delay(Timeout.Infinite, ct);
            else
                await Task.Delay(1, ct);
            return MemoryHandler.Ok();
        }
        finally
        {
            Count(host, -1);
        }
    }

    private void Count(string host, int change)
    {
        lock (_gate)
        {
            UnderWay += change;
            Peak = Math.Max(Peak, UnderWay);
            if (change > 0) Total++;
            (int now, int peak) = _hosts.GetValueOrDefault(host);
            _hosts[host] = (now + change, Math.Max(peak, now + change));
            foreach ((int count, TaskCompletionSource reached) in _waiting)
            {
                if (UnderWay >= count) reached.TrySetResult();
            }
        }
    }
}
