using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>What a job knows in memory: hosts and their queues, leases, what is done. It touches no file.</summary>
internal sealed class JobState
{
    private const int FenceBits = 40;
    private readonly Dictionary<string, HostQueue> _hosts = new(StringComparer.Ordinal);
    private readonly LeaseExpiry _expiry = new();
    private long _fences;
    private long _turns;
    private HostQueue? _lastHost;

    internal HostSchedule Schedule { get; } = new();

    internal DoneBitmap Done { get; } = new();

    /// <summary>Requests that were tried and are not done, by number.</summary>
    internal Dictionary<long, Retry> Retries { get; } = [];

    internal IReadOnlyCollection<HostQueue> Hosts => _hosts.Values;

    /// <summary>How many requests were added: their numbers are 1 to this.</summary>
    internal long Added { get; set; }

    internal long HostCount { get; private set; }

    internal long LeasedRequests { get; private set; }

    internal long LeasedHosts { get; private set; }

    internal long LastLine { get; set; }

    internal long OutputPosition { get; set; }

    internal bool IsInputCompleted { get; set; }

    internal bool IsCancelled { get; set; }

    /// <summary>How often the job was opened: what makes the fences of this time greater than those of all times before.</summary>
    internal long Epoch { get; set; }

    internal FrontierState State => IsCancelled ? FrontierState.Cancelled
        : IsInputCompleted && Done.Count == Added ? FrontierState.Finished : FrontierState.Open;

    internal HostQueue Host(string name)
    {
        // Lines of one host often stand together, and so do settlements of one lease.
        if (_lastHost is not null && _lastHost.Name == name) return _lastHost;
        if (!_hosts.TryGetValue(name, out HostQueue? host)) _hosts.Add(name, host = new(name));
        return _lastHost = host;
    }

    internal HostQueue Host(ReadOnlySpan<byte> utf8)
    {
        if (_lastHost is not null && _lastHost.IsNamed(utf8)) return _lastHost;
        Span<char> chars = utf8.Length <= 512 ? stackalloc char[utf8.Length] : new char[utf8.Length];
        chars = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        if (_hosts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(chars, out HostQueue? host)) return _lastHost = host;
        return Host(chars.ToString());
    }

    /// <summary>Notes that a host has or had requests which were added to another.</summary>
    internal void CountTarget(HostQueue host)
    {
        if (host.IsCounted) return;
        host.IsTarget = true;
        Count(host);
    }

    /// <summary>Notes that a host has requests.</summary>
    internal void Count(HostQueue host)
    {
        if (host.IsCounted) return;
        host.IsCounted = true;
        HostCount++;
    }

    internal HeldLease? Find(LeaseKey key)
    {
        if (_lastHost is not null && ReferenceEquals(_lastHost.Name, key.Host)) return Held(_lastHost, key.Fence);
        if (!_hosts.TryGetValue(key.Host, out HostQueue? host)) return null;
        _lastHost = host;
        return Held(host, key.Fence);

        static HeldLease? Held(HostQueue host, long fence) => host.Lease is { IsReleasing: false } lease && lease.Fence == fence ? lease : null;
    }

    /// <summary>Gives a host that the schedule handed out to a worker.</summary>
    internal HeldLease Lease(HostQueue host, string worker, long now, TimeSpan duration)
    {
        HeldLease lease = new(host, (Epoch << FenceBits) + ++_fences, worker);
        lease.Renew(now, duration);
        host.Lease = lease;
        host.State = HostState.Leased;
        _expiry.Add(lease);
        LeasedHosts++;
        return lease;
    }

    internal void Hold(HeldLease lease, long number, long offset)
    {
        lease.Add(number, offset);
        LeasedRequests++;
    }

    /// <summary>Ends a lease; the host may be leased again once its time has come.</summary>
    internal void End(HeldLease lease, long now)
    {
        LeasedRequests -= lease.End();
        LeasedHosts--;
        _expiry.Forget();
        Schedule.Place(lease.Host, now);
    }

    internal void SettleDone(long number, bool isLeased)
    {
        if (isLeased) LeasedRequests--;
        Done.Set(number);
        if (Retries.Count > 0) Retries.Remove(number);
    }

    internal void SettleAgain(long number, long offset, Retry retry, long now)
    {
        LeasedRequests--;
        Retries[number] = retry;
        CountTarget(retry.Host);
        AddDelayed(retry.Host, offset, retry.Due);
        Schedule.Place(retry.Host, now);
    }

    internal void AddDelayed(HostQueue host, long offset, long due)
    {
        Count(host);
        host.AddDelayed(offset, due, ++_turns);
    }

    internal void Delay(HostQueue host, long until, long now)
    {
        if (until <= host.NotBefore) return;
        host.NotBefore = until;
        Schedule.Place(host, now);
    }

    /// <summary>Ends the leases whose time is over, and readies the hosts whose time has come.</summary>
    internal void Advance(long now)
    {
        while (_expiry.TakeOver(now) is { } lease) End(lease, now);
        Schedule.Promote(now);
    }

    /// <returns>When something may change by time alone.</returns>
    internal long? NextChange(long now)
    {
        long? next = Schedule.NextTime(now);
        long? expiry = _expiry.Next();
        return next is null || expiry < next ? expiry : next;
    }
}
