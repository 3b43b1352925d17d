using System.Collections.Concurrent;

namespace RequestsAsync.Bulk.Tests;

/// <summary>Many workers at once.</summary>
public abstract partial class FrontierContract
{
    private const int HostCount = 200;
    private const int RequestsPerHost = 10;

    [Fact]
    public async Task Workers_at_once_settle_every_request_once_and_never_share_a_host()
    {
        ConcurrentDictionary<string, string> holders = new();
        ConcurrentBag<long> settled = [];
        Task[] producers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(ProduceAsync))];
        Task[] workers = [.. Enumerable.Range(0, 8).Select(worker => Task.Run(() => WorkAsync($"w{worker}", holders, settled)))];

        await Task.WhenAll(producers);
        await Frontier.CompleteInputAsync();
        await Task.WhenAll(workers).WaitAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(HostCount * RequestsPerHost, settled.Count);
        Assert.Equal(settled.Count, settled.Distinct().Count());
        FrontierStats stats = await Frontier.GetStatsAsync();
        Assert.Equal(FrontierState.Finished, stats.State);
        Assert.Equal(settled.Count, stats.Done);
        Assert.Equal(HostCount, stats.Hosts);
        Assert.Equal(0, stats.LeasedHosts);
    }

    // Both producers add everything: each request is new to one of them.
    private async Task ProduceAsync()
    {
        for (int i = 0; i < RequestsPerHost; i++)
            await Frontier.EnqueueAsync([.. Enumerable.Range(0, HostCount).Select(host => Request($"h{host}", $"{i}"))], 0);
    }

    private async Task WorkAsync(string worker, ConcurrentDictionary<string, string> holders, ConcurrentBag<long> settled)
    {
        List<Settlement> settlements = [];
        List<HostRelease> releases = [];
        while (true)
        {
            LeaseBatch batch = await Frontier.LeaseAsync(
                new() { Worker = worker, Duration = TimeSpan.FromMinutes(10), MaxHosts = 5, MaxRequestsPerHost = 4, Settlements = settlements, Releases = releases });
            Assert.Empty(batch.Refused);
            Assert.Empty(batch.Lost);
            if (batch.State == FrontierState.Finished) return;
            settlements = [];
            releases = [];
            foreach (HostLease host in batch.Hosts)
            {
                Assert.True(holders.TryAdd(host.Key.Host, worker));
                foreach (LeasedRequest request in host.Requests)
                {
                    // Every third is tried once more before it is done.
                    if (request.Number % 3 == 0 && request.Attempts == 0)
                        settlements.Add(Again(host, request, TimeSpan.Zero));
                    else
                    {
                        settlements.Add(Done(host, request));
                        settled.Add(request.Number);
                    }
                }

                releases.Add(new(host.Key, TimeSpan.Zero));
                Assert.True(holders.TryRemove(host.Key.Host, out _));
            }

            if (batch.Hosts.Count == 0) await Task.Yield();
        }
    }
}
