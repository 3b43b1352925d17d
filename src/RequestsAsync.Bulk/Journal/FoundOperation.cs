namespace RequestsAsync.Bulk;

/// <summary>Settles requests by their ids, which were found done in the output.</summary>
internal sealed class FoundOperation(IReadOnlyCollection<RequestId> ids, long outputPosition, CancellationToken cancellationToken) : Operation<int>(cancellationToken)
{
    private readonly List<long> _numbers = [];

    internal override LogFile? Prepare(Job job)
    {
        _numbers.Clear();
        if (ids.Count > 0) Find(job);
        foreach (long number in _numbers) job.Entries.Done(number);
        if (outputPosition != job.State.OutputPosition) job.Entries.Output(outputPosition);
        return job.Entries.End() ? job.Journal : null;
    }

    internal override void Undo(Job job)
    {
    }

    internal override void Apply(Job job)
    {
        // Their offsets stay in the queues, and are passed over when they are taken.
        foreach (long number in _numbers) job.State.SettleDone(number, isLeased: false);
        job.State.OutputPosition = outputPosition;
        Result = _numbers.Count;
    }

    // Nothing in memory leads from an id to its request: that would cost more than the whole rest. The spool does.
    private void Find(Job job)
    {
        HashSet<RequestId> wanted = [.. ids];
        job.Spool.Scan((content, offset) =>
        {
            ByteReader reader = new(content);
            reader.Int64();
            for (uint left = reader.UInt32(); left > 0; left--)
            {
                int length = (int)reader.UInt32();
                reader.UInt32();
                RequestCodec.ReadHead(reader.Take(length), out RequestId id, out long number, out ReadOnlySpan<byte> _);
                if (wanted.Remove(id) && !job.State.Done[number]) _numbers.Add(number);
            }
        });
    }
}
