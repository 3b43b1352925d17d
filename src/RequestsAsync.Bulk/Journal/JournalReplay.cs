namespace RequestsAsync.Bulk;

/// <summary>Reads the journal back into the state of the job.</summary>
internal sealed class JournalReplay(JobState state, JobClock clock)
{
    private readonly long _utcNow = clock.UtcTicks;
    private readonly long _now = clock.Now;

    /// <summary>How much of the spool was durable by what the journal knows.</summary>
    internal long SpoolLength { get; private set; }

    internal void Visit(ReadOnlySpan<byte> content, long offset)
    {
        ByteReader reader = new(content);
        SpoolLength = Math.Max(SpoolLength, reader.Int64());
        long written = reader.Int64();
        while (!reader.IsAtEnd) Read(ref reader, written);
    }

    private void Read(ref ByteReader reader, long written)
    {
        var entry = (JournalEntry)reader.Byte();
        switch (entry)
        {
            case JournalEntry.Done:
                long done = reader.Number();
                state.Done.Set(done);
                state.Retries.Remove(done);
                break;
            case JournalEntry.Again:
                long number = reader.Number();
                int attempts = (int)reader.Number();
                long due = Due(written, reader.Number());
                HostQueue target = state.Host(reader.Bytes());
                state.Retries[number] = new(attempts, reader.OptionalText(), target, due);
                state.CountTarget(target);
                break;
            case JournalEntry.Delay:
                HostQueue delayed = state.Host(reader.Bytes());
                delayed.NotBefore = Math.Max(delayed.NotBefore, Due(written, reader.Number()));
                break;
            case JournalEntry.Notes:
                HostQueue noted = state.Host(reader.Bytes());
                noted.Notes = reader.Text();
                break;
            case JournalEntry.InputCompleted:
                state.IsInputCompleted = true;
                break;
            case JournalEntry.Cancelled:
                state.IsCancelled = true;
                break;
            case JournalEntry.Output:
                state.OutputPosition = reader.Number();
                break;
            case JournalEntry.Epoch:
                state.Epoch = reader.Number();
                break;
            case JournalEntry.DoneBits:
                state.Done.Load(reader.Bytes());
                break;
            case JournalEntry.Target:
                state.CountTarget(state.Host(reader.Bytes()));
                break;
            default:
                throw new FrontierException($"The journal of the job has an entry of kind {(byte)entry}, which this version does not know. Use the version that wrote it.");
        }
    }

    // What is left of a delay. Whatever was done to the clock on the wall since, it is no longer than it was.
    private long Due(long written, long delay)
    {
        if (delay == 0) return 0;
        long passed = Math.Max(0, _utcNow - written);
        return passed >= delay ? 0 : JobClock.Add(_now, TimeSpan.FromTicks(delay - passed));
    }
}
