namespace RequestsAsync;

/// <summary>The timers of a loop, the next one on top: a binary heap in which every timer knows its place, so that a cancelled one leaves nothing behind.</summary>
/// <remarks>Timers of the same time come in the order in which they were added.</remarks>
internal sealed class TimerHeap
{
    private Entry[] _entries = new Entry[16];
    private long _added;

    public int Count { get; private set; }

    /// <summary>When the next timer is due; only while there is one.</summary>
    public long NextDue => _entries[0].Due;

    public void Add(ILoopTimer timer, long due)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        Rise(Count++, new(due, _added++, timer));
    }

    /// <summary>Takes a timer out, wherever it stands; one that is not in the heap is left alone.</summary>
    public void Remove(ILoopTimer timer)
    {
        int hole = timer.HeapIndex;
        if (hole < 0) return;
        timer.HeapIndex = -1;
        Entry last = _entries[--Count];
        _entries[Count] = default;
        if (hole == Count) return;
        if (hole > 0 && last.IsBefore(_entries[(hole - 1) / 2]))
            Rise(hole, last);
        else
            Sink(hole, last);
    }

    /// <summary>Takes the next timer out if it is due.</summary>
    public ILoopTimer? TakeDue(long now)
    {
        if (Count == 0 || _entries[0].Due > now) return null;
        ILoopTimer next = _entries[0].Timer;
        Remove(next);
        return next;
    }

    private void Rise(int hole, Entry entry)
    {
        while (hole > 0)
        {
            int parent = (hole - 1) / 2;
            if (!entry.IsBefore(_entries[parent])) break;
            Put(hole, _entries[parent]);
            hole = parent;
        }

        Put(hole, entry);
    }

    private void Sink(int hole, Entry entry)
    {
        while (true)
        {
            int child = (2 * hole) + 1;
            if (child >= Count) break;
            if (child + 1 < Count && _entries[child + 1].IsBefore(_entries[child])) child++;
            if (!_entries[child].IsBefore(entry)) break;
            Put(hole, _entries[child]);
            hole = child;
        }

        Put(hole, entry);
    }

    private void Put(int index, Entry entry)
    {
        _entries[index] = entry;
        entry.Timer.HeapIndex = index;
    }

    private readonly record struct Entry(long Due, long Order, ILoopTimer Timer)
    {
        public bool IsBefore(Entry other) => Due != other.Due ? Due < other.Due : Order < other.Order;
    }
}
