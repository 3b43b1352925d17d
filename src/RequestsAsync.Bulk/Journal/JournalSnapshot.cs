namespace RequestsAsync.Bulk;

/// <summary>What a journal says in the end, without how it came to it.</summary>
internal static class JournalSnapshot
{
    private const int CommitBytes = 4 << 20;

    internal static void Write(JobState state, long now, LogFile file, JournalWriter entries)
    {
        entries.Epoch(state.Epoch);
        entries.Output(state.OutputPosition);
        if (state.IsInputCompleted) entries.InputCompleted();
        if (state.IsCancelled) entries.Cancelled();
        entries.DoneBits(state.Done);
        foreach ((long number, Retry retry) in state.Retries)
        {
            entries.Again(number, retry.Attempts, TimeSpan.FromTicks(Math.Max(0, retry.Due - now)), retry.Host.Name, retry.State);
            CommitWhenLong();
        }

        foreach (HostQueue host in state.Hosts)
        {
            if (host.IsTarget) entries.Target(host.Name);
            if (host.NotBefore > now) entries.Delay(host.Name, TimeSpan.FromTicks(host.NotBefore - now));
            if (host.Notes is not null) entries.Notes(host.Name, host.Notes);
            CommitWhenLong();
        }

        if (entries.End()) file.Commit();

        void CommitWhenLong()
        {
            if (file.Pending.Length < CommitBytes) return;
            entries.End();
            file.Commit();
        }
    }
}
