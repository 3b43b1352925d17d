using RequestsAsync.Bulk;

namespace RequestsAsync.BulkSimulation;

/// <summary>Workers and hosts in fake time around the frontier's real state: its queues, its schedule, its leases with their expiry and fences, its marks of what is done.</summary>
/// <remarks>Not in it are the disk (spool and journal) and the network. A worker sends one request to a host at a time, waits its delay, and settles eight together.</remarks>
internal sealed class Simulation
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(60);
    private static readonly long RenewAfter = LeaseDuration.Ticks / 4;
    private static readonly long RetryAfter = TimeSpan.FromSeconds(30).Ticks;
    private static readonly long DownTime = TimeSpan.FromMinutes(5).Ticks;

    private readonly SimulationOptions _options;
    private readonly JobState _state = new();
    private readonly Dictionary<HostQueue, Site> _sites;
    private readonly SimulatedWorker[] _workers;
    private readonly Queue<(SimulatedWorker Worker, int Life)> _free = new(); // a place for each host that could be held
    private readonly PriorityQueue<Action<long>, long> _rare = new();
    private readonly PriorityQueue<Turn, long> _ends = new();
    private readonly DoneBitmap _fetched = new();

    public Simulation(SimulationOptions options)
    {
        _options = options;
        _state.Epoch = 1;
        _sites = World.Fill(_state, options);
        _workers = [.. Enumerable.Range(0, options.Workers).Select(i => new SimulatedWorker(i))];
        for (int i = 0; i < options.HostsPerWorker; i++)
        {
            foreach (SimulatedWorker worker in _workers) _free.Enqueue((worker, worker.Life));
        }

        PlanDeaths();
    }

    private SimulationResult Result { get; } = new();

    /// <summary>Runs it until all is done.</summary>
    public SimulationResult Run()
    {
        long now = 0;
        while (true)
        {
            _state.Advance(now);
            HandOut(now);
            if (_state.State == FrontierState.Finished) break;
            now = NextMoment(now);
            while (_rare.TryPeek(out Action<long>? happens, out long at) && at <= now)
            {
                _rare.Dequeue();
                happens(now);
            }

            while (_ends.TryPeek(out Turn? turn, out long at) && at <= now)
            {
                _ends.Dequeue();
                if (!turn.IsGone) Settle(turn, now);
            }
        }

        Result.Complete(_options, _sites.Values, _workers, now);
        return Result;
    }

    private long NextMoment(long now)
    {
        long next = long.MaxValue;
        if (_ends.TryPeek(out _, out long end)) next = end;
        if (_rare.TryPeek(out _, out long rare)) next = Math.Min(next, rare);
        if (_free.Count > 0 && _state.NextChange(now) is { } change) next = Math.Min(next, change);
        return next == long.MaxValue ? throw new InvalidOperationException("Nothing will ever happen, and not all is done.") : Math.Max(now, next);
    }

    // As LeaseTaker.TakeHosts does.
    private void HandOut(long now)
    {
        while (_free.TryPeek(out (SimulatedWorker Worker, int Life) place))
        {
            SimulatedWorker worker = place.Worker;
            if (worker.IsDown || worker.Life != place.Life)
            {
                _free.Dequeue(); // a place of an earlier life: it gets others with the next
                continue;
            }

            if (_state.Schedule.TakeReady() is not { } host) return;
            Turn turn = new(worker, _sites[host], _state.Lease(host, worker.Name, now, LeaseDuration)) { Start = now };
            if (!Take(turn, now))
            {
                _state.End(turn.Lease, now);
                continue;
            }

            _free.Dequeue();
            worker.Turns.Add(turn);
            if (turn.Site.FirstLease < 0) turn.Site.FirstLease = now;
            Result.Leases++;
            _ends.Enqueue(turn, EndOf(turn));
        }
    }

    // As LeaseTaker.Take does; what it reads from the spool is the number alone here.
    private bool Take(Turn turn, long now)
    {
        turn.Count = 0;
        long at = turn.Start;
        while (turn.Count < Turn.Batch && (turn.Count == 0 || at < now + RenewAfter) && turn.Site.Queue.TryTake(now, out long number))
        {
            if (_state.Done[number]) continue;
            _state.Hold(turn.Lease, number, number);
            turn.Room[turn.Count++] = number;
            at += turn.Site.LatencyOf(number) + turn.Site.Delay;
        }

        return turn.Count > 0;
    }

    private static long EndOf(Turn turn)
    {
        long at = turn.Start - turn.Site.Delay;
        foreach (long number in turn.Numbers) at += turn.Site.Delay + turn.Site.LatencyOf(number);
        return at;
    }

    // The worker has the answers to all of the turn's requests.
    private void Settle(Turn turn, long now)
    {
        Visit(turn, until: now);
        if (_state.Find(turn.Key) is null)
        {
            Refuse(turn);
            Give(turn.Worker, turn);
            return;
        }

        foreach (long number in turn.Numbers) Settle(turn, number, now);
        turn.Start = turn.Site.LastEnd + turn.Site.Delay;
        turn.Lease.Renew(now, LeaseDuration);
        turn.Lease.Compact();
        if (Take(turn, now))
        {
            _ends.Enqueue(turn, EndOf(turn));
            return;
        }

        turn.Site.Queue.NotBefore = Math.Max(turn.Site.Queue.NotBefore, turn.Start);
        _state.End(turn.Lease, now);
        Give(turn.Worker, turn);
    }

    private void Settle(Turn turn, long number, long now)
    {
        if (!turn.Lease.TryClaim(number, out long offset)) throw new InvalidOperationException("A lease that is held does not know its own request.");
        if (Fails(number))
        {
            Result.Retries++;
            _state.SettleAgain(number, offset, new(1, null, turn.Site.Queue, now + RetryAfter), now);
            return;
        }

        _state.SettleDone(number, isLeased: true);
        turn.Worker.Settled++;
        if (++turn.Site.Done == turn.Site.Size) turn.Site.Finished = now;
    }

    // What was sent by a time: the host sees it, whatever the frontier comes to know of it.
    private void Visit(Turn turn, long until)
    {
        long start = turn.Start;
        foreach (long number in turn.Numbers)
        {
            if (start > until) return;
            long end = start + turn.Site.LatencyOf(number);
            bool isRepeated = _fetched[number];
            turn.Site.Visit(start, Math.Min(end, until), isRepeated);
            if (isRepeated) Result.FetchedTwice++;
            else if (!Fails(number)) _fetched.Set(number);
            start = end + turn.Site.Delay;
        }
    }

    private bool Fails(long number) => Chance.Of(number, 2) < _options.Failures && !_state.Retries.ContainsKey(number);

    private void Refuse(Turn turn) => Result.Refused += turn.Count;

    private void Give(SimulatedWorker worker, Turn turn)
    {
        worker.Turns.Remove(turn);
        _free.Enqueue((worker, worker.Life));
    }

    private void PlanDeaths()
    {
        Random random = new(_options.Seed + 1);
        for (int i = 0; i < _options.Deaths; i++)
        {
            SimulatedWorker worker = _workers[random.Next(_workers.Length)];
            bool isStopped = i % 5 == 0;
            _rare.Enqueue(now => Stop(worker, isStopped, now), (long)(random.NextDouble() * _options.DeathsWithin.Ticks));
        }
    }

    // It is killed and started anew after a while; or it is stopped, wakes up after its leases, and tries to settle what it has.
    private void Stop(SimulatedWorker worker, bool isStopped, long now)
    {
        if (worker.IsDown) return;
        if (isStopped) Result.Stops++;
        else Result.Deaths++;
        worker.IsDown = true;
        Turn[] turns = [.. worker.Turns];
        worker.Turns.Clear();
        foreach (Turn turn in turns)
        {
            turn.IsGone = true;
            Visit(turn, until: now);
        }

        _rare.Enqueue(later => Wake(worker, isStopped ? turns : [], later), now + DownTime);
    }

    private void Wake(SimulatedWorker worker, Turn[] held, long now)
    {
        foreach (Turn turn in held)
        {
            if (_state.Find(turn.Key) is not null) throw new InvalidOperationException("A lease outlived its time.");
            Refuse(turn);
        }

        worker.Life++;
        worker.IsDown = false;
        for (int i = 0; i < _options.HostsPerWorker; i++) _free.Enqueue((worker, worker.Life));
    }
}
