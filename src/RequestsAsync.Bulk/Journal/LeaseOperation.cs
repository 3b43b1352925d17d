using System.Buffers;

namespace RequestsAsync.Bulk;

/// <summary>Settles, releases and leases.</summary>
internal sealed class LeaseOperation(LeaseQuery query, CancellationToken cancellationToken) : Operation<LeaseBatch>(cancellationToken)
{
    private readonly List<HostLease> _hosts = [];
    private readonly List<(HeldLease Lease, HostRelease Release)> _releases = [];
    private List<Settlement>? _refused;
    private List<LeaseKey>? _lost;
    private Claim[] _claims = [];
    private int _claimed;

    internal override LogFile? Prepare(Job job)
    {
        try
        {
            PrepareSettlements(job);
            PrepareReleases(job);
            if (query.OutputPosition is { } position && position != job.State.OutputPosition) job.Entries.Output(position);
            return job.Entries.End() ? job.Journal : null;
        }
        catch
        {
            job.Entries.Drop();
            Undo(job);
            throw;
        }
    }

    internal override void Undo(Job job)
    {
        for (int i = _claimed - 1; i >= 0; i--)
        {
            if (_claims[i].Lease is { } lease) lease.Unclaim(query.Settlements[i].Number, _claims[i].Offset);
        }

        foreach ((HeldLease lease, HostRelease _) in _releases) lease.IsReleasing = false;
        _releases.Clear();
        Free();
    }

    internal override void Apply(Job job)
    {
        JobState state = job.State;
        long now = job.Clock.Now;
        ApplySettlements(state, now);
        ApplyReleases(state, now);
        if (query.OutputPosition is { } position) state.OutputPosition = position;
        Free();
        if (state.IsCancelled)
        {
            Finish(state, now);
            return;
        }

        state.Schedule.Promote(now);
        LeaseTaker taker = new(job, query, now, _hosts);
        foreach ((LeaseKey key, int count) in query.More)
        {
            if (state.Find(key) is { } lease) taker.TakeMore(lease, count);
            else Lose(key);
        }

        taker.TakeHosts();
        Finish(state, now);
    }

    private void PrepareSettlements(Job job)
    {
        IReadOnlyList<Settlement> settlements = query.Settlements;
        _claims = ArrayPool<Claim>.Shared.Rent(settlements.Count);
        while (_claimed < settlements.Count)
        {
            Settlement settlement = settlements[_claimed];
            HeldLease? lease = job.State.Find(settlement.Lease);
            long offset = 0;
            bool isClaimed = lease is not null && lease.TryClaim(settlement.Number, out offset);
            _claims[_claimed++] = new(isClaimed ? lease : null, offset);
            if (!isClaimed)
            {
                (_refused ??= []).Add(settlement);
                if (lease is null) Lose(settlement.Lease);
            }
            else if (settlement is Settlement.Again again) job.Entries.Again(again.Number, again.Attempts, again.Delay, again.Host, again.State);
            else job.Entries.Done(settlement.Number);
        }
    }

    private void PrepareReleases(Job job)
    {
        foreach (HostRelease release in query.Releases)
        {
            HeldLease? lease = job.State.Find(release.Lease);
            if (lease is null)
            {
                Lose(release.Lease);
                continue;
            }

            lease.IsReleasing = true;
            _releases.Add((lease, release));
            if (release.Delay > TimeSpan.Zero) job.Entries.Delay(lease.Host.Name, release.Delay);
            if (release.Notes is not null && release.Notes != lease.Host.Notes) job.Entries.Notes(lease.Host.Name, release.Notes);
        }
    }

    private void ApplySettlements(JobState state, long now)
    {
        for (int i = 0; i < _claimed; i++)
        {
            (HeldLease? lease, long offset) = _claims[i];
            if (lease is null) continue;
            if (query.Settlements[i] is Settlement.Again again)
            {
                Retry retry = new(again.Attempts, again.State, state.Host(again.Host), JobClock.Add(now, again.Delay));
                state.SettleAgain(again.Number, offset, retry, now);
            }
            else state.SettleDone(query.Settlements[i].Number, isLeased: true);
        }
    }

    private void ApplyReleases(JobState state, long now)
    {
        foreach ((HeldLease lease, HostRelease release) in _releases)
        {
            HostQueue host = lease.Host;
            host.NotBefore = Math.Max(host.NotBefore, release.Delay > TimeSpan.Zero ? JobClock.Add(now, release.Delay) : 0);
            host.Notes = release.Notes ?? host.Notes;
            state.End(lease, now);
        }
    }

    private void Finish(JobState state, long now)
    {
        long? next = state.IsCancelled ? null : state.Schedule.NextTime(now);
        Result = new()
        {
            Hosts = _hosts,
            State = state.State,
            NextReady = next is null ? null : TimeSpan.FromTicks(next.Value - now),
            Refused = (IReadOnlyList<Settlement>?)_refused ?? [],
            Lost = (IReadOnlyList<LeaseKey>?)_lost ?? [],
        };
    }

    private void Lose(LeaseKey key)
    {
        _lost ??= [];
        if (!_lost.Contains(key)) _lost.Add(key);
    }

    private void Free()
    {
        if (_claims.Length > 0) ArrayPool<Claim>.Shared.Return(_claims, clearArray: true);
        _claims = [];
        _claimed = 0;
    }

    private readonly record struct Claim(HeldLease? Lease, long Offset);
}
