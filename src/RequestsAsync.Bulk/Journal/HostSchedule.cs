namespace RequestsAsync.Bulk;

/// <summary>Which hosts may be leased, those that waited longest first, and when the others may.</summary>
/// <remarks>A host that is not where an entry says any more has moved since; such entries are passed over.</remarks>
internal sealed class HostSchedule
{
    private readonly Queue<HostQueue> _ready = new();
    private readonly PriorityQueue<HostQueue, long> _timed = new();

    /// <summary>How many hosts have requests and may not be leased yet.</summary>
    internal int TimedCount { get; private set; }

    /// <summary>Puts a host where it belongs, after anything about it has changed.</summary>
    internal void Place(HostQueue host, long now)
    {
        if (host.Lease is not null) return;
        long? from = host.LeasableFrom();
        if (host.State == HostState.Timed && (from is null || from <= now || from != host.ReadyAt)) TimedCount--;
        else if (host.State == HostState.Timed) return;

        if (from is null) host.State = HostState.Idle;
        else if (from <= now) MakeReady(host);
        else
        {
            host.State = HostState.Timed;
            host.ReadyAt = from.Value;
            TimedCount++;
            _timed.Enqueue(host, from.Value);
        }
    }

    /// <summary>Moves those whose time has come.</summary>
    internal void Promote(long now)
    {
        while (_timed.TryPeek(out HostQueue? host, out long at) && (at <= now || !IsTimed(host, at)))
        {
            _timed.Dequeue();
            if (!IsTimed(host, at)) continue;
            TimedCount--;
            MakeReady(host);
        }
    }

    internal HostQueue? TakeReady()
    {
        while (_ready.TryDequeue(out HostQueue? host))
        {
            if (host.State != HostState.Ready) continue;
            host.State = HostState.Leased;
            return host;
        }

        return null;
    }

    /// <returns>When the next host may be leased, once <see cref="Promote"/> was called for now; <see langword="null"/> if there is none.</returns>
    internal long? NextTime(long now)
    {
        while (_ready.TryPeek(out HostQueue? host))
        {
            if (host.State == HostState.Ready) return now;
            _ready.Dequeue();
        }

        return _timed.TryPeek(out _, out long at) ? at : null;
    }

    private static bool IsTimed(HostQueue host, long at) => host.State == HostState.Timed && host.ReadyAt == at;

    private void MakeReady(HostQueue host)
    {
        if (host.State == HostState.Ready) return;
        host.State = HostState.Ready;
        _ready.Enqueue(host);
    }
}
