namespace RequestsAsync.Bulk;

/// <summary>Leases hosts and takes requests from their queues, for one query.</summary>
internal sealed class LeaseTaker(Job job, LeaseQuery query, long now, List<HostLease> hosts)
{
    internal void TakeMore(HeldLease lease, int count)
    {
        lease.Renew(now, query.Duration);
        lease.Compact();
        Take(lease, count);
    }

    internal void TakeHosts()
    {
        if (query.MaxRequestsPerHost <= 0) return;
        int most = hosts.Count + Math.Max(0, query.MaxHosts);
        while (hosts.Count < most && job.Fault is null && job.State.Schedule.TakeReady() is { } host)
        {
            HeldLease lease = job.State.Lease(host, query.Worker, now, query.Duration);
            // There may be nothing in it: requests that were found done in the output still stand in the queue.
            if (!Take(lease, query.MaxRequestsPerHost)) job.State.End(lease, now);
        }
    }

    /// <returns>Whether there was any.</returns>
    private bool Take(HeldLease lease, int count)
    {
        if (count <= 0) return false;
        List<LeasedRequest> requests = new(Math.Min(count, 64));
        HostQueue host = lease.Host;
        lease.Expect(Math.Min(count, 16));
        while (requests.Count < count && job.Fault is null && host.TryTake(now, out long offset))
        {
            if (Read(host, offset) is not { } request) continue;
            requests.Add(request);
            job.State.Hold(lease, request.Number, offset);
        }

        if (requests.Count == 0) return false;
        hosts.Add(new() { Key = lease.Key, Requests = requests, Duration = query.Duration, Notes = host.Notes });
        return true;
    }

    private LeasedRequest? Read(HostQueue host, long offset)
    {
        try
        {
            ReadOnlySpan<byte> record = job.Reader.Read(offset);
            long number = RequestCodec.ReadNumber(record);
            if (job.State.Done[number]) return null;
            BulkRequest request = RequestCodec.Read(record, host);
            Retry? retry = null;
            if (job.State.Retries.Count > 0) job.State.Retries.TryGetValue(number, out retry);
            return new(number, request, retry?.Attempts ?? 0, retry?.State);
        }
        catch (FrontierException exception)
        {
            // What this call settled is durable already, and is to be told. The next call says what is wrong.
            host.Return(offset);
            job.Fault = exception;
            return null;
        }
    }
}
