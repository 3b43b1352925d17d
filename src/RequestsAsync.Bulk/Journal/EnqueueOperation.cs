using System.Buffers;

namespace RequestsAsync.Bulk;

/// <summary>Adds requests.</summary>
internal sealed class EnqueueOperation(IReadOnlyList<BulkRequest> requests, long lastLine, CancellationToken cancellationToken) : Operation<int>(cancellationToken)
{
    private const long Known = -1;
    private long[] _offsets = [];
    private int _prepared;
    private int _new;

    internal override LogFile? Prepare(Job job)
    {
        try
        {
            job.Ids.EnsureRoom(requests.Count);
            return Write(job);
        }
        catch (Exception exception)
        {
            job.Spool.DropFrame();
            Undo(job);
            if (exception is IOException and not FrontierException or UnauthorizedAccessException)
                throw new FrontierException($"The ids of the job's requests cannot be kept in '{job.Folder}' ({exception.Message}). Make room on the disk, and go on.", exception);
            throw;
        }
    }

    internal override void Undo(Job job)
    {
        for (int i = 0; i < _prepared; i++)
        {
            if (_offsets[i] != Known) job.Ids.Remove(requests[i].Id);
        }

        job.NextNumber -= _new;
        Free();
    }

    internal override void Apply(Job job)
    {
        JobState state = job.State;
        if (lastLine > 0) state.LastLine = lastLine;
        state.Added += _new;
        long now = job.Clock.Now;
        for (int i = 0; i < _prepared; i++)
        {
            if (_offsets[i] == Known) continue;
            HostQueue host = state.Host(requests[i].Host);
            state.Count(host);
            host.Add(_offsets[i]);
            if (host.State is HostState.Idle or HostState.Timed) state.Schedule.Place(host, now);
        }

        Result = _new;
        Free();
    }

    private LogFile? Write(Job job)
    {
        _offsets = ArrayPool<long>.Shared.Rent(requests.Count);
        LogFile spool = job.Spool;
        bool isAlone = spool.Pending.Length == 0;
        spool.BeginFrame();
        int head = spool.Pending.Length;
        SpoolBatch.WriteHead(spool.Pending, 0, 0);
        for (int i = 0; i < requests.Count; i++)
        {
            BulkRequest request = requests[i];
            bool isNew = job.Ids.Add(request.Id);
            // It counts before it is written: what cannot be written is taken back as well.
            _offsets[_prepared++] = isNew ? spool.PendingOffset : Known;
            if (!isNew) continue;
            _new++;
            RequestCodec.Write(spool.Pending, request, job.NextNumber++);
        }

        if (_new == 0 && (lastLine <= 0 || (isAlone && lastLine == job.State.LastLine)))
        {
            // What is known may be so by a call of the same group, which may fail: then this one does as well.
            spool.DropFrame();
            return isAlone ? null : spool;
        }

        SpoolBatch.SetHead(spool.Pending.Slice(head), Math.Max(0, lastLine), _new);
        spool.EndFrame();
        return spool;
    }

    private void Free()
    {
        if (_offsets.Length > 0) ArrayPool<long>.Shared.Return(_offsets);
        _offsets = [];
        _prepared = _new = 0;
    }
}
