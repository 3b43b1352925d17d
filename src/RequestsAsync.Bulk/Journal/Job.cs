namespace RequestsAsync.Bulk;

/// <summary>An open job: its files and what is known of it. It is for one thread at a time.</summary>
internal sealed class Job : IDisposable
{
    private readonly JobLock _lock;
    private readonly Func<string, LogDevice> _open;
    private readonly long _compactionBytes;
    private long _compactAt;
    private long _toldSpoolLength;

    internal Job(string folder, JobLock jobLock, LocalFrontierOptions options)
    {
        Folder = folder;
        _lock = jobLock;
        _open = options.OpenDevice;
        _compactionBytes = _compactAt = options.CompactionBytes;
        Clock = new(options.TimeProvider);
        Spool = new(_open(Path.Combine(folder, JobFiles.Spool)), JobFiles.SpoolSignature);
        LogFile? journal = null;
        try
        {
            Journal = journal = new(_open(Path.Combine(folder, JobFiles.Journal)), JobFiles.JournalSignature);
            Entries = new(Journal, Clock);
            Reader = new(Spool);
            Ids = new(folder, options.DeduplicationMemory);
        }
        catch
        {
            Spool.Dispose();
            journal?.Dispose();
            throw;
        }
    }

    internal string Folder { get; }

    internal JobClock Clock { get; }

    internal JobState State { get; } = new();

    internal RequestIdSet Ids { get; }

    internal LogFile Spool { get; }

    internal LogFile Journal { get; private set; }

    internal JournalWriter Entries { get; private set; }

    internal SpoolReader Reader { get; }

    /// <summary>The number that the next request gets: ahead of <see cref="JobState.Added"/> while a batch is not durable yet.</summary>
    internal long NextNumber { get; set; } = 1;

    /// <summary>Why nothing can be done any more: the spool was found damaged.</summary>
    internal FrontierException? Fault { get; set; }

    /// <summary>Writes the journal anew, without what is past, once most of it is.</summary>
    internal void CompactWhenLong()
    {
        if (Journal.Length < _compactAt) return;
        string path = Path.Combine(Folder, JobFiles.Journal);
        string next = path + ".new";
        LogFile? file = null;
        try
        {
            File.Delete(next);
            file = new(_open(next), JobFiles.JournalSignature);
            file.Recover(static (_, _) => { });
            JournalWriter entries = new(file, Clock) { SpoolLength = Spool.Length };
            JournalSnapshot.Write(State, Clock.Now, file, entries);
            file.MoveTo(path);
            LogFile before = Journal;
            (Journal, Entries, file) = (file, entries, null); // whatever follows: the one before is no longer in the folder
            _compactAt = Math.Max(_compactionBytes, Journal.Length * 2);
            try
            {
                FolderDurability.Flush(Folder);
            }
            finally
            {
                before.Dispose();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The one that is in use is as good, only longer if it is the old one: it goes on, and this is tried again when it has grown once more.
            _compactAt = Journal.Length + _compactionBytes;
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Says in both files that all of them is durable, so that damage is told from a torn tail when they are opened again.</summary>
    internal void Confirm()
    {
        if (Fault is not null) return;
        if (Spool.IsUnconfirmed) Spool.Confirm(writer => SpoolBatch.WriteHead(writer, State.LastLine, 0));
        if (Journal.IsUnconfirmed || _toldSpoolLength < Spool.Length)
        {
            Journal.Confirm(writer =>
            {
                writer.Int64(Spool.Length);
                writer.Int64(Clock.UtcTicks);
            });
            _toldSpoolLength = Spool.Length;
        }
    }

    public void Dispose()
    {
        Spool.Dispose();
        Journal.Dispose();
        Ids.Dispose();
        _lock.Dispose();
    }
}
