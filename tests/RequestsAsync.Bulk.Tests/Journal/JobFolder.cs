namespace RequestsAsync.Bulk.Tests;

/// <summary>A folder for a job, which goes with the test.</summary>
internal sealed class JobFolder : IDisposable
{
    public JobFolder()
    {
        Path = Directory.CreateTempSubdirectory("bulk-job-").FullName;
    }

    public string Path { get; }

    public string Spool => System.IO.Path.Combine(Path, JobFiles.Spool);

    public string Journal => System.IO.Path.Combine(Path, JobFiles.Journal);

    /// <summary>The journal that is being written anew, before it takes the place of the old one.</summary>
    public string NewJournal => Journal + ".new";

    /// <summary>What a crash at this moment would leave: the journal first, since it knows how long the spool is.</summary>
    public JobFolder Copy()
    {
        JobFolder copy = new();
        if (File.Exists(Journal)) CopyOpen(Journal, copy.Journal);
        if (File.Exists(NewJournal)) CopyOpen(NewJournal, copy.NewJournal);
        if (File.Exists(Spool)) CopyOpen(Spool, copy.Spool);
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static void CopyOpen(string from, string to)
    {
        using FileStream source = new(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using FileStream target = new(to, FileMode.CreateNew);
        source.CopyTo(target);
    }
}
