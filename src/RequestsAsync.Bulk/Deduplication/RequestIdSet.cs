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
    private readonly RequestIdScatter _scatter = RequestIdScatter.Create();
    private readonly List<RequestIdRun> _runs = [];
    /// <summary>Those that stand in a run and were taken back.</summary>
    private readonly HashSet<UInt128> _removed = [];
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
            long count = _table.Count - _removed.Count;
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
        UInt128 key = _scatter.KeyOf(id);
        if (_runs.Count == 0) return _table.Add(key);
        if (_table.Contains(key)) return false;
        return IsInRun(key) ? _removed.Count > 0 && _removed.Remove(key) : _table.Add(key);
    }

    /// <summary>Adds an id that is known to be new, since it was when it was added for the first time.</summary>
    internal void AddKnownNew(RequestId id) => _table.Add(_scatter.KeyOf(id));

    /// <summary>Takes back an id that was added. It may have gone to the disk meanwhile: calls that are written together make room for one another.</summary>
    internal void Remove(RequestId id)
    {
        UInt128 key = _scatter.KeyOf(id);
        if (!_table.Remove(key) && _runs.Count > 0) _removed.Add(key);
    }

    public void Dispose()
    {
        foreach (RequestIdRun run in _runs) run.Dispose();
        _runs.Clear();
    }

    private string NextPath() => Path.Combine(_folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_runNumber++}{Suffix}"));

    private bool IsInRun(UInt128 key)
    {
        foreach (RequestIdRun run in _runs)
        {
            if (run.Contains(key)) return true;
        }

        return false;
    }

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
