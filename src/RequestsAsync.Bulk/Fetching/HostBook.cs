namespace RequestsAsync.Bulk;

/// <summary>The hosts that a worker holds: which can be asked now, which later, of which more is wanted, and which can be given back. Used by the worker's loop alone.</summary>
internal sealed class HostBook(BulkOptions options)
{
    private const int FirstBatch = 32;
    private const int LargestBatch = 1024;
    private const int SlowBatch = 8; // of a host that is owed a delay: what it does not get to, others could
    private const int MaxHosts = 16 << 10;
    private const int MostNewHosts = 1024;

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly Dictionary<string, HostTurn> _hosts = new(StringComparer.Ordinal);
    private readonly Queue<HostTurn> _ready = new();
    private readonly PriorityQueue<HostTurn, long> _later = new();
    private double _requestsPerHost = 1;

    /// <summary>How many hosts are held.</summary>
    public int Count => _hosts.Count;

    /// <summary>How many requests are at hand, of all hosts.</summary>
    public int Waiting { get; private set; }

    /// <summary>Whether a host can be asked at once.</summary>
    public bool HasReady => _ready.Count > 0;

    /// <summary>When the next host may be asked that cannot be now, by the clock's timestamps; <see langword="null"/> for none.</summary>
    public long? NextAt => _later.TryPeek(out _, out long at) ? at : null;

    /// <summary>Takes what the frontier leased: new hosts, and more of those that are held.</summary>
    /// <param name="batch">What it leased.</param>
    /// <param name="query">What it was asked.</param>
    /// <param name="asked">When: leases count from then on, however long the answer took, so that none is thought to last longer than it does.</param>
    public void Take(LeaseBatch batch, LeaseQuery query, long asked)
    {
        foreach (LeaseKey lost in batch.Lost)
        {
            if (_hosts.TryGetValue(lost.Host, out HostTurn? host) && host.Key == lost) Lose(host);
        }

        foreach (KeyValuePair<LeaseKey, int> more in query.More)
        {
            if (!_hosts.TryGetValue(more.Key.Host, out HostTurn? host) || host.Key != more.Key) continue;
            (host.AsksForMore, host.LeasedUntil) = (false, Math.Max(host.LeasedUntil, asked + Ticks(query.Duration))); // also where nothing more came
            if (more.Value > 0) host.IsDry = true;
        }

        foreach (HostLease lease in batch.Hosts)
        {
            HostTurn host = TakeHost(lease);
            host.LeasedUntil = Math.Max(host.LeasedUntil, asked + Ticks(lease.Duration));
            host.IsDry = lease.Requests.Count < BatchOf(host);
            foreach (LeasedRequest request in lease.Requests) host.Waiting.Enqueue(request);
            Waiting += lease.Requests.Count;
            host.Batch = Math.Min(LargestBatch, BatchOf(host) * 2);
            Offer(host);
        }
    }

    /// <summary>The next host that can be asked now; the hosts take turns.</summary>
    public bool TryTakeReady(out HostTurn host)
    {
        long now = _time.GetTimestamp();
        while (_later.TryPeek(out HostTurn? due, out long at) && at <= now)
        {
            _later.Dequeue();
            _ready.Enqueue(due);
        }

        while (_ready.TryDequeue(out host!))
        {
            host.IsQueued = false;
            if (!host.HasTurn) continue;
            if (now >= host.LeasedUntil) Lose(host); // the worker stood still for longer than the lease: others may hold the host now
            else if (host.NextAt > now) Offer(host); // an answer came while it stood in line, and it is owed a delay since
            else return true;
        }

        return false;
    }

    /// <summary>Takes the next request of a host that can be asked, to send it.</summary>
    public LeasedRequest Next(HostTurn host)
    {
        host.InFlight++;
        return Skip(host);
    }

    /// <summary>Takes the next request of a host, for which nothing is sent.</summary>
    public LeasedRequest Skip(HostTurn host)
    {
        Waiting--;
        return host.Waiting.Dequeue();
    }

    /// <summary>Puts a host in line, if it has a turn: at once, or when its time comes.</summary>
    public void Offer(HostTurn host)
    {
        if (host.IsQueued || !host.HasTurn) return;

        host.IsQueued = true;
        if (host.NextAt <= _time.GetTimestamp()) _ready.Enqueue(host);
        else _later.Enqueue(host, host.NextAt);
    }

    /// <summary>Says that a host is to be left alone: what is at hand goes back with it.</summary>
    public void Block(HostTurn host)
    {
        host.IsBlocked = true;
        Waiting -= host.Waiting.Count;
        host.Waiting.Clear();
    }

    /// <summary>The hosts that are held and of which more is wanted, with how much.</summary>
    public void AddWants(List<KeyValuePair<LeaseKey, int>> more)
    {
        long soon = _time.GetTimestamp() + Ticks(options.LeaseDuration / 2);
        foreach (HostTurn host in _hosts.Values)
        {
            if (host.IsLost || host.IsBlocked || host.AsksForMore) continue;
            bool isLow = !host.IsDry && host.Waiting.Count <= BatchOf(host) / 4;
            if (!isLow && host.LeasedUntil > soon) continue;

            host.AsksForMore = isLow;
            more.Add(new(host.Key, isLow ? BatchOf(host) : 0));
        }
    }

    /// <summary>The leases that end before a time, unless they are renewed.</summary>
    public List<LeaseKey> EndingBefore(long time)
    {
        List<LeaseKey> ending = [];
        foreach (HostTurn host in _hosts.Values)
        {
            if (!host.IsLost && host.LeasedUntil < time) ending.Add(host.Key);
        }

        return ending;
    }

    /// <summary>Takes what became of leases that were to be renewed.</summary>
    /// <param name="leases">The leases.</param>
    /// <param name="lost">Those of them that are not held any more.</param>
    /// <param name="asked">When they were asked for.</param>
    public void Renew(IReadOnlyList<LeaseKey> leases, IReadOnlyList<LeaseKey> lost, long asked)
    {
        HashSet<LeaseKey> gone = [.. lost];
        foreach (LeaseKey key in leases)
        {
            if (!_hosts.TryGetValue(key.Host, out HostTurn? host) || host.Key != key) continue;
            if (gone.Contains(key)) Lose(host);
            else host.LeasedUntil = Math.Max(host.LeasedUntil, asked + Ticks(options.LeaseDuration));
        }
    }

    /// <summary>How many new hosts are wanted, so that a number of requests can be in flight, and as many again are at hand.</summary>
    public int WantedHosts(int limit)
    {
        if (_hosts.Count >= MaxHosts || Waiting > Math.Max(8192, 16 * limit)) return 0;

        int usable = 0;
        long now = _time.GetTimestamp();
        foreach (HostTurn host in _hosts.Values)
        {
            if (host.NextAt <= now && !host.IsBlocked && !host.IsLost) usable += Math.Min(host.MaxInFlight, host.Waiting.Count + host.InFlight);
        }

        return usable >= 2 * limit ? 0 : Math.Min(MostNewHosts, (int)Math.Ceiling(((2 * limit) - usable) / _requestsPerHost));
    }

    /// <summary>How many requests of a new host are wanted.</summary>
    public int FirstWanted => options.Delay > TimeSpan.Zero ? SlowBatch : Math.Max(FirstBatch, options.MaxPerHost * 4);

    /// <summary>Gives back the hosts with which nothing is left to do; all of them that have nothing in flight, where the worker ends.</summary>
    /// <param name="releases">Where they go.</param>
    /// <param name="all">Whether the worker ends.</param>
    public void AddReleases(List<HostRelease> releases, bool all)
    {
        foreach (HostTurn host in _hosts.Values)
        {
            if (host.InFlight > 0 || (!host.IsOver && !all)) continue;

            _hosts.Remove(host.Key.Host); // the enumeration of a dictionary goes on after a removal
            Waiting -= host.Waiting.Count;
            if (host.IsLost) continue;
            TimeSpan delay = host.NextAt > _time.GetTimestamp() ? _time.GetElapsedTime(_time.GetTimestamp(), host.NextAt) : TimeSpan.Zero;
            releases.Add(new(host.Key, delay, host.HasNewNotes ? host.Notes.ToString() : null));
            host.IsLost = true;
        }
    }

    private HostTurn TakeHost(HostLease lease)
    {
        if (_hosts.TryGetValue(lease.Key.Host, out HostTurn? host))
        {
            if (host.Key == lease.Key) return host;
            Lose(host);
        }

        HostPolicy? policy = options.HostPolicies?.Invoke(lease.Key.Host);
        if (policy is not null) BulkOptionsRule.Check(policy, lease.Key.Host);
        host = new(lease.Key, policy, options) { Notes = HostNotes.Parse(lease.Notes), Batch = FirstWanted };
        if (host.Notes.Delay is { } delay && options.AutoThrottle) host.SetDelay(TimeSpan.FromMilliseconds(Math.Clamp(delay, 0, options.MaxDelay.TotalMilliseconds)));
        _hosts[lease.Key.Host] = host;
        _requestsPerHost = (_requestsPerHost * 0.9) + (0.1 * Math.Max(1, Math.Min(host.MaxInFlight, lease.Requests.Count)));
        return host;
    }

    private void Lose(HostTurn host)
    {
        host.IsLost = true;
        Waiting -= host.Waiting.Count;
        host.Waiting.Clear();
        if (host.InFlight == 0 && _hosts.TryGetValue(host.Key.Host, out HostTurn? held) && held == host) _hosts.Remove(host.Key.Host);
    }

    private static int BatchOf(HostTurn host) => host.Delay > TimeSpan.Zero ? SlowBatch : host.Batch;

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
