using System.Collections.Concurrent;

namespace RequestsAsync.Bulk.Tests;

/// <summary>A frontier, with what was asked of it.</summary>
internal sealed class ObservedFrontier(IFrontier inner) : IFrontier
{
    private readonly ConcurrentQueue<string> _blocks = new();

    /// <summary>The hosts that were blocked, as often as they were.</summary>
    public IReadOnlyCollection<string> Blocks => _blocks;

    /// <summary>Settlements that were refused.</summary>
    public int Refused { get; private set; }

    public ValueTask<int> EnqueueAsync(IReadOnlyList<BulkRequest> requests, long lastLine, CancellationToken cancellationToken = default) => inner.EnqueueAsync(requests, lastLine, cancellationToken);

    public ValueTask CompleteInputAsync(CancellationToken cancellationToken = default) => inner.CompleteInputAsync(cancellationToken);

    public async ValueTask<LeaseBatch> LeaseAsync(LeaseQuery query, CancellationToken cancellationToken = default)
    {
        LeaseBatch batch = await inner.LeaseAsync(query, cancellationToken);
        Refused += batch.Refused.Count;
        return batch;
    }

    public ValueTask<IReadOnlyList<LeaseKey>> RenewAsync(string worker, IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken = default) => inner.RenewAsync(worker, leases, cancellationToken);

    public ValueTask BlockHostAsync(string host, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        _blocks.Enqueue(host);
        return inner.BlockHostAsync(host, duration, cancellationToken);
    }

    public ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => inner.WaitAsync(atMost, cancellationToken);

    public ValueTask<FrontierStats> GetStatsAsync(CancellationToken cancellationToken = default) => inner.GetStatsAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
