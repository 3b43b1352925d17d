using RequestsAsync.Bulk;

namespace RequestsAsync.BulkSimulation;

/// <summary>A host in a worker's hands, and what the worker is doing with it.</summary>
internal sealed class Turn(SimulatedWorker worker, Site site, HeldLease lease)
{
    private readonly long[] _numbers = new long[Batch];

    /// <summary>How many requests a worker has of a host with a delay at a time.</summary>
    public const int Batch = 8;

    /// <summary>Who holds it.</summary>
    public SimulatedWorker Worker => worker;

    /// <summary>The host.</summary>
    public Site Site => site;

    /// <summary>The lease.</summary>
    public HeldLease Lease => lease;

    /// <summary>The key that the worker knows the lease by.</summary>
    public LeaseKey Key { get; } = lease.Key;

    /// <summary>When its first request begins.</summary>
    public long Start { get; set; }

    /// <summary>How many requests it has.</summary>
    public int Count { get; set; }

    /// <summary>Its requests, in their order.</summary>
    public Span<long> Numbers => _numbers.AsSpan(0, Count);

    /// <summary>Room for all that it can have.</summary>
    public long[] Room => _numbers;

    /// <summary>Whether its worker is gone.</summary>
    public bool IsGone { get; set; }
}
