using System.Buffers.Binary;

namespace RequestsAsync.Bulk;

/// <summary>Opens a job: reads its journal, then its spool, and takes up where they end.</summary>
internal static class JobRecovery
{
    internal static Job Open(string folder, LocalFrontierOptions options)
    {
        JobLock jobLock = JobLock.Take(folder);
        Job? job = null;
        try
        {
            job = new(folder, jobLock, options);
            Recover(job);
            return job;
        }
        catch (Exception exception) when (exception is IOException and not FrontierException or UnauthorizedAccessException)
        {
            Close();
            throw new FrontierException($"The job in '{folder}' cannot be opened ({exception.Message}). Set it right, and resume the job.", exception);
        }
        catch
        {
            Close();
            throw;
        }

        void Close()
        {
            if (job is null) jobLock.Dispose();
            else job.Dispose();
        }
    }

    private static void Recover(Job job)
    {
        File.Delete(Path.Combine(job.Folder, JobFiles.Journal + ".new"));
        JournalReplay replay = new(job.State, job.Clock);
        job.Journal.Recover(replay.Visit);
        job.Spool.Recover((content, offset) => AddBatch(job, content, offset), replay.SpoolLength);
        if (job.State.Epoch == 0 && job.Spool.Length > LogFile.SignatureBytes)
        {
            // The first entry of a journal is durable before anything is added.
            throw new FrontierException($"'{job.Journal.Path}' says nothing of the requests in '{job.Spool.Path}': it was removed, cut or replaced, and what is done cannot be told. "
                + "Bring the job's folder back from a copy, or start the job anew in another folder.");
        }

        job.State.Epoch++;
        job.Entries.SpoolLength = job.Spool.Length;
        job.Entries.Epoch(job.State.Epoch);
        job.Entries.End();
        job.Journal.Commit();
        job.Confirm();
        FolderDurability.Flush(job.Folder);
        long now = job.Clock.Now;
        foreach (HostQueue host in job.State.Hosts) job.State.Schedule.Place(host, now);
        job.CompactWhenLong();
    }

    private static void AddBatch(Job job, ReadOnlySpan<byte> content, long offset)
    {
        JobState state = job.State;
        ByteReader reader = new(content);
        long lastLine = reader.Int64();
        if (lastLine > 0) state.LastLine = lastLine;
        uint count = reader.UInt32();
        long at = offset + SpoolBatch.HeadBytes;
        job.Ids.EnsureRoom((int)count);
        for (uint i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = reader.Take(RequestCodec.HeaderBytes);
            int length = BinaryPrimitives.ReadInt32LittleEndian(header);
            RequestCodec.ReadHead(reader.Take(length), out RequestId id, out long number, out ReadOnlySpan<byte> host);
            job.Ids.AddKnownNew(id);
            Queue(state, number, at, host);
            at += RequestCodec.HeaderBytes + length;
        }

        job.NextNumber = state.Added + 1;
    }

    private static void Queue(JobState state, long number, long offset, ReadOnlySpan<byte> hostName)
    {
        state.Added = number;
        HostQueue host = state.Host(hostName);
        state.Count(host);
        if (state.Done[number]) return;
        if (state.Retries.Count > 0 && state.Retries.TryGetValue(number, out Retry? retry)) state.AddDelayed(retry.Host, offset, retry.Due);
        else host.Add(offset);
    }
}
