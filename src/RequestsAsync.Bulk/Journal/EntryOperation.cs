namespace RequestsAsync.Bulk;

/// <summary>Writes something down in the journal, and then lets it take effect.</summary>
internal sealed class EntryOperation(Action<JournalWriter> write, Action<JobState, JobClock> apply, CancellationToken cancellationToken) : Operation<bool>(cancellationToken)
{
    internal override LogFile? Prepare(Job job)
    {
        write(job.Entries);
        return job.Entries.End() ? job.Journal : null;
    }

    internal override void Undo(Job job)
    {
    }

    internal override void Apply(Job job) => apply(job.State, job.Clock);
}
