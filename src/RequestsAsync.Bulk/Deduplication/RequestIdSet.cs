namespace RequestsAsync.Bulk;

/// <summary>
/// The ids of all requests of a job: exactly, in a table in memory, and beyond its budget in sorted runs on the disk, with a filter in memory in front of each,
/// so that a new id rarely needs a look at them.
/// </summary>
/// <remarks>The runs are worth nothing after the process has ended: the ids stand in the spool, and the set is built from it.</remarks>
internal sealed class RequestIdSet : IDisposable
{
    /// <summary>With more runs than this they are merged into one.</summary>
    private const int MaxRuns = 8;
    private const string Suffix = ".ids";
    private readonly string _folder;
    private readonly RequestIdTable _table;
    private readonly List<RequestIdRun> _runs = [];
    private int _runNumber;

    internal RequestIdSet(string folder, long memory)
    {
        _folder = folder;
        _table = new(memory);
        // Those of a process that was killed.
        foreach (string file in Directory.EnumerateFiles(folder, "*" + Suffix)) File.Delete(file);
    }

    internal long Count
    {
        get
        {
            long count = _table.Count;
            foreach (RequestIdRun run in _runs) count += run.Count;
            return count;
        }
    }

    internal int RunCount => _runs.Count;

    /// <summary>Makes room for so many ids in memory: those that were added before go to the disk if there is none.</summary>
    /// <exception cref="IOException">They cannot be written; all is as it was.</exception>
    internal void EnsureRoom(int count)
    {
        if (_table.TryMakeRoom(count)) return;
        if (_table.Count > 0)
        {
            _runs.Add(RequestIdRun.Create(NextPath(), _table.Count, _table.Sorted()));
            _table.Clear();
            if (_runs.Count > MaxRuns) Merge();
        }

        _table.MakeRoom(count);
    }

    /// <summary>Adds an id, for which <see cref="EnsureRoom"/> has made room.</summary>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="IOException">A run cannot be read; it was not added.</exception>
    internal bool Add(RequestId id)
    {
        if (_runs.Count == 0) return _table.Add(id.Value);
        if (_table.Contains(id.Value)) return false;
        foreach (RequestIdRun run in _runs)
        {
            if (run.Contains(id.Value)) return false;
        }

        return _table.Add(id.Value);
    }

    /// <summary>Adds an id that is known to be new, since it was when it was added for the first time.</summary>
    internal void AddKnownNew(RequestId id) => _table.Add(id.Value);

    /// <summary>Removes an id that was added since the last <see cref="EnsureRoom"/>.</summary>
    internal void Remove(RequestId id) => _table.Remove(id.Value);

    public void Dispose()
    {
        foreach (RequestIdRun run in _runs) run.Dispose();
        _runs.Clear();
    }

    private string NextPath() => Path.Combine(_folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_runNumber++}{Suffix}"));

    private void Merge()
    {
        long count = 0;
        foreach (RequestIdRun run in _runs) count += run.Count;
        RequestIdRun merged;
        try
        {
            merged = RequestIdRun.Create(NextPath(), count, RequestIdMerge.Of(_runs));
        }
        catch (IOException)
        {
            // There is no room for both. The many are as good, only slower.
            return;
        }

        Dispose();
        _runs.Add(merged);
    }
}
