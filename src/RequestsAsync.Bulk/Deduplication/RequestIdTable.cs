namespace RequestsAsync.Bulk;

/// <summary>Ids in memory: a table with open addressing. An id's place is by the first bits of its key, so that the table is almost sorted, and is read out sorted in one pass.</summary>
internal sealed class RequestIdTable
{
    private const int LeastCapacity = 1024;
    /// <summary>Places behind the last: no id goes round to the beginning, which would break the order.</summary>
    private const int Overflow = 1024;
    private readonly long _memory;
    private UInt128[] _places = new UInt128[LeastCapacity + Overflow];
    private int _shift = 128 - 10;
    private bool _hasZero;
    private int _used;

    internal RequestIdTable(long memory)
    {
        _memory = memory;
    }

    internal int Count => _used + (_hasZero ? 1 : 0);

    private int Capacity => _places.Length - Overflow;

    /// <returns>Whether so many more fit within the budget.</returns>
    internal bool TryMakeRoom(int more)
    {
        int capacity = CapacityFor(_used + more);
        if (capacity > Capacity && (long)capacity * 16 > Math.Max(_memory, LeastCapacity * 16)) return false;
        Grow(capacity);
        return true;
    }

    /// <summary>Makes room whatever the budget is: one batch must fit.</summary>
    internal void MakeRoom(int more) => Grow(CapacityFor(_used + more));

    internal bool Contains(UInt128 id)
    {
        if (id == 0) return _hasZero;
        for (int i = (int)(id >> _shift); ; i++)
        {
            if (_places[i] == id) return true;
            if (_places[i] == 0) return false;
        }
    }

    internal bool Add(UInt128 id)
    {
        if (id == 0) return !_hasZero && (_hasZero = true);
        int place = (int)(id >> _shift);
        while (_places[place] != 0)
        {
            if (_places[place] == id) return false;
            place++;
        }

        // The very last place stays empty: every search ends there.
        if (place >= _places.Length - 1)
        {
            Resize(Capacity * 2);
            return Add(id);
        }

        _places[place] = id;
        _used++;
        return true;
    }

    /// <returns>Whether it was there.</returns>
    internal bool Remove(UInt128 id)
    {
        if (id == 0)
        {
            bool had = _hasZero;
            _hasZero = false;
            return had;
        }

        int hole = (int)(id >> _shift);
        while (_places[hole] != id)
        {
            if (_places[hole] == 0) return false;
            hole++;
        }

        // What stands behind and may stand in the hole moves there, or a search would end at it.
        for (int i = hole + 1; _places[i] != 0; i++)
        {
            if ((int)(_places[i] >> _shift) > hole) continue;
            _places[hole] = _places[i];
            hole = i;
        }

        _places[hole] = 0;
        _used--;
        return true;
    }

    internal void Clear()
    {
        Array.Clear(_places);
        _used = 0;
        _hasZero = false;
    }

    /// <summary>All ids in their order.</summary>
    internal IEnumerable<ReadOnlyMemory<UInt128>> Sorted()
    {
        if (_hasZero) yield return new UInt128[1];
        // A cluster without holes holds ids out of their order, but none that belongs to another. Sorted where it stands it is as good a part of the table as before:
        // it is what had become of it, had they come in that order.
        for (int start = 0; start < _places.Length; start++)
        {
            if (_places[start] == 0) continue;
            int end = start + 1;
            while (_places[end] != 0) end++;
            if (end - start > 1) Array.Sort(_places, start, end - start);
            yield return _places.AsMemory(start, end - start);
            start = end;
        }
    }

    // Four fifths are filled at most.
    private static int CapacityFor(int count)
    {
        int capacity = LeastCapacity;
        while (count > capacity / 5 * 4) capacity = checked(capacity * 2);
        return capacity;
    }

    private void Grow(int capacity)
    {
        if (capacity > Capacity) Resize(capacity);
    }

    private void Resize(int capacity)
    {
        UInt128[] old = _places;
        _places = new UInt128[capacity + Overflow];
        _shift = 128 - int.Log2(capacity);
        _used = 0;
        foreach (ref readonly UInt128 id in old.AsSpan())
        {
            if (id != 0) Add(id);
        }
    }
}
