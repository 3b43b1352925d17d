using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>A host and its requests that wait, as offsets into the spool. There may be a million of them: it holds what every host needs, and the rest when it does.</summary>
internal sealed class HostQueue(string name)
{
    private OffsetQueue _waiting;
    private List<long>? _returned;
    private PriorityQueue<long, (long Due, long Turn)>? _delayed;

    internal string Name => name;

    /// <summary>Whether it has or had requests; a host that was only blocked is none of the job's yet.</summary>
    internal bool IsCounted { get; set; }

    /// <summary>Whether a request came to it from another host: the spool does not know then that it has or had any.</summary>
    internal bool IsTarget { get; set; }

    internal HostState State { get; set; }

    /// <summary>When it may be leased, where it is <see cref="HostState.Timed"/>.</summary>
    internal long ReadyAt { get; set; }

    /// <summary>It is blocked, or owed a delay, until then.</summary>
    internal long NotBefore { get; set; }

    internal string? Notes { get; set; }

    internal HeldLease? Lease { get; set; }

    internal bool IsNamed(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == name.Length && Ascii.Equals(utf8, name)) return true;
        return utf8.Length != name.Length && Encoding.UTF8.GetByteCount(name) == utf8.Length && Encoding.UTF8.GetString(utf8) == name;
    }

    internal void Add(long offset) => _waiting.Add(offset);

    internal void AddDelayed(long offset, long due, long turn) => (_delayed ??= new()).Enqueue(offset, (due, turn));

    /// <summary>Puts a request to the front. Of several, the last comes first.</summary>
    internal void Return(long offset) => (_returned ??= []).Add(offset);

    /// <summary>The next request: those that were returned first, then those whose delay is over, then the others.</summary>
    internal bool TryTake(long now, out long offset)
    {
        if (_returned is { Count: > 0 })
        {
            offset = _returned[^1];
            _returned.RemoveAt(_returned.Count - 1);
            if (_returned.Count == 0) _returned = null;
            return true;
        }

        if (_delayed is not null && _delayed.TryPeek(out offset, out (long Due, long Turn) first) && first.Due <= now)
        {
            _delayed.Dequeue();
            if (_delayed.Count == 0) _delayed = null;
            return true;
        }

        return _waiting.TryTake(out offset);
    }

    /// <returns>From when on it may be leased; <see langword="null"/> if nothing waits.</returns>
    internal long? LeasableFrom()
    {
        if (_returned is not null || !_waiting.IsEmpty) return NotBefore;
        return _delayed is not null && _delayed.TryPeek(out _, out (long Due, long Turn) first) ? Math.Max(NotBefore, first.Due) : null;
    }
}
