namespace RequestsAsync.Bulk;

// What is done, and what comes next: one call to the frontier at a time.
public sealed partial class BulkWorker
{
    private const long MostUnsettledBytes = 64L << 20;
    private static readonly TimeSpan ShortestAlarm = TimeSpan.FromMilliseconds(1); // a timer counts in them
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    private readonly JsonLinesFile? _output;
    private List<FetchResult> _batch = [];
    private long _batchBytes;
    private long _batchSince;
    private Task<LeaseBatch>? _settling;
    private LeaseQuery? _query;
    private Task? _waiting;
    private long _leaseAgainAt;
    private long _settledAt;
    private FrontierState _state;

    // The disk or the database is slower than the network: it is given time.
    private bool IsBehind => _batch.Count >= 4 * _options.BatchSize || _batchBytes >= MostUnsettledBytes;

    private void AddToBatch(FetchResult result)
    {
        if (_batch.Count == 0) _batchSince = _time.GetTimestamp();
        _batch.Add(result);
        _batchBytes += result.Body.Length + (result.Record.Body?.Length ?? 0);
    }

    private async ValueTask TakeLeasesAsync()
    {
        if (_settling is not { IsCompleted: true } settling) return;

        LeaseQuery query = _query!;
        _settling = null;
        LeaseBatch batch = await settling.ConfigureAwait(false);
        _state = batch.State;
        _book.Take(batch, query, _settler.AskedAt);

        // Nothing came: there is nothing to be had before a host's time comes, or something changes.
        bool isDry = query.MaxHosts > 0 && batch.Hosts.Count == 0;
        _leaseAgainAt = isDry ? _time.GetTimestamp() + Ticks(IdleWait) : 0;
        if (isDry && _state == FrontierState.Open) WaitForMore(batch.NextReady is { } next && next < IdleWait ? next : IdleWait);
    }

    private void WaitForMore(TimeSpan atMost)
    {
        if (_waiting is { IsCompleted: false }) return;
        _waiting = WaitAsync();

        async Task WaitAsync()
        {
            await _frontier.WaitAsync(atMost, _draining.Token).ConfigureAwait(false);
            Volatile.Write(ref _leaseAgainAt, 0);
            _signal.Set();
        }
    }

    private void BeginSettling()
    {
        if (_settling is not null) return;

        long now = _time.GetTimestamp();
        bool isDue = IsDue(now), isStarving = IsStarving(now);
        if (!isDue && !isStarving) return;

        List<KeyValuePair<LeaseKey, int>> more = [];
        List<HostRelease> releases = [];
        if (!IsLast) _book.AddWants(more);
        int hosts = isStarving ? _book.WantedHosts(_limit.Value) : 0;
        if (!isDue && hosts == 0 && more.Count == 0)
        {
            _leaseAgainAt = now + Ticks(LookAgain);
            return;
        }

        _book.AddReleases(releases, all: IsLast);
        _query = new()
        {
            Worker = _options.Worker,
            Duration = _options.LeaseDuration,
            MaxHosts = hosts,
            MaxRequestsPerHost = _book.FirstWanted,
            More = more,
            Releases = releases,
        };

        List<FetchResult> batch = _batch;
        _batch = [];
        _batchBytes = 0;

        // Not to be cancelled: what was received is kept, also by a worker that stops at once.
        LeaseQuery query = _query;
        _settledAt = now;
        _settling = Task.Run(() => _settler.SettleAsync(batch, query, CancellationToken.None));
        WakeAfter(_settling);
    }

    private bool IsLast => _isDraining || _state != FrontierState.Open;

    private bool IsDue(long now)
    {
        if (IsLast && _inFlight == 0) return _batch.Count > 0 || _book.Count > 0;
        if (_batch.Count >= _options.BatchSize || (_batch.Count > 0 && now >= _batchSince + Ticks(_options.BatchInterval))) return true;
        return _book.Count > 0 && now >= _settledAt + Ticks(_options.LeaseDuration / 4); // what is held is to be renewed
    }

    // Whether there is less at hand than could be in flight: before it comes to that, where it can be helped.
    private bool IsStarving(long now) =>
        !IsLast && now >= Volatile.Read(ref _leaseAgainAt) && (_book.Waiting < _limit.Value || (_inFlight < _limit.Value && !_book.HasReady));

    private void SetAlarm()
    {
        long now = _time.GetTimestamp(), next = long.MaxValue;
        // A time that is past and led to nothing leads to nothing by itself: what it waits for wakes the loop.
        if (CanStart) next = Math.Min(next, _book.NextAt ?? long.MaxValue);
        if (_settling is null && _batch.Count > 0 && !(IsLast && _inFlight == 0)) next = Math.Min(next, _batchSince + Ticks(_options.BatchInterval));
        if (_settling is null && !IsLast && Volatile.Read(ref _leaseAgainAt) is var again && again > now) next = Math.Min(next, again);
        if (_settling is null && _book.Count > 0) next = Math.Min(next, _settledAt + Ticks(_options.LeaseDuration / 4));
        if (HoldsLeases) next = Math.Min(next, _lookForEndsAt);
        if (next == long.MaxValue) return;
        TimeSpan wait = next <= now ? TimeSpan.Zero : _time.GetElapsedTime(now, next);
        _alarm.Change(wait < ShortestAlarm ? ShortestAlarm : wait, Timeout.InfiniteTimeSpan);
    }
}
