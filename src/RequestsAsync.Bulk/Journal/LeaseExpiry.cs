namespace RequestsAsync.Bulk;

/// <summary>Leases by when they end. Most are released long before, and many are renewed: an entry is looked at again when its time has come.</summary>
internal sealed class LeaseExpiry
{
    private readonly PriorityQueue<HeldLease, long> _leases = new();
    private int _over;

    internal void Add(HeldLease lease) => _leases.Enqueue(lease, lease.ExpiresAt);

    /// <summary>Counts a lease that is over; once most are they are dropped.</summary>
    internal void Forget()
    {
        if (++_over < 1024 || _over < _leases.Count / 2) return;
        List<(HeldLease, long)> held = [];
        foreach ((HeldLease lease, long _) in _leases.UnorderedItems)
        {
            if (!lease.IsOver) held.Add((lease, lease.ExpiresAt));
        }

        _leases.Clear();
        _leases.EnqueueRange(held);
        _over = 0;
    }

    /// <returns>A lease that has ended by time; <see langword="null"/> if there is none.</returns>
    internal HeldLease? TakeOver(long now)
    {
        while (_leases.TryPeek(out HeldLease? lease, out long at) && at <= now)
        {
            _leases.Dequeue();
            if (lease.IsOver) _over = Math.Max(0, _over - 1);
            else if (lease.ExpiresAt <= now) return lease;
            else _leases.Enqueue(lease, lease.ExpiresAt);
        }

        return null;
    }

    internal long? Next()
    {
        while (_leases.TryPeek(out HeldLease? lease, out long at))
        {
            if (!lease.IsOver && lease.ExpiresAt == at) return at;
            _leases.Dequeue();
            if (lease.IsOver) _over = Math.Max(0, _over - 1);
            else _leases.Enqueue(lease, lease.ExpiresAt);
        }

        return null;
    }
}
