namespace RequestsAsync.Bulk;

/// <summary>A lease that somebody holds, and its requests that are not settled.</summary>
internal sealed class HeldLease(HostQueue host, long fence, string worker)
{
    private long[] _numbers = [];
    private long[] _offsets = [];
    private int _first;
    private int _count;

    internal HostQueue Host => host;

    internal LeaseKey Key => new(host.Name, fence);

    internal long Fence => fence;

    internal string Worker => worker;

    internal long ExpiresAt { get; private set; }

    internal TimeSpan Duration { get; private set; }

    /// <summary>Whether it is being released by a call that is not durable yet.</summary>
    internal bool IsReleasing { get; set; }

    internal bool IsOver { get; private set; }

    /// <summary>Lets it last its full time again.</summary>
    internal void Renew(long now) => ExpiresAt = JobClock.Add(now, Duration);

    internal void Renew(long now, TimeSpan duration)
    {
        Duration = duration;
        Renew(now);
    }

    internal void Expect(int more)
    {
        if (_numbers.Length - _count >= more) return;
        int size = Math.Max(_count + more, Math.Min(_count * 2, _count + 4096));
        Array.Resize(ref _numbers, size);
        Array.Resize(ref _offsets, size);
    }

    internal void Add(long number, long offset)
    {
        if (_count == _numbers.Length) Expect(Math.Max(16, _count));
        _numbers[_count] = number;
        _offsets[_count++] = offset;
    }

    /// <summary>Marks a request as settled. The mark can be taken back by <see cref="Unclaim"/> until the call is durable.</summary>
    /// <returns>Whether it was one of the lease, and not settled.</returns>
    internal bool TryClaim(long number, out long offset)
    {
        // Settlements come almost in the order of the lease: what is settled at the front is passed over once.
        int found = number <= 0 ? -1 : _numbers.AsSpan(_first, _count - _first).IndexOf(number);
        offset = found < 0 ? 0 : _offsets[_first + found];
        if (found < 0) return false;
        _numbers[_first + found] = -number;
        while (_first < _count && _numbers[_first] < 0) _first++;
        return true;
    }

    internal void Unclaim(long number, long offset)
    {
        int place = _numbers.AsSpan(0, _count).LastIndexOf(-number);
        if (place < 0)
        {
            // A call of the same group that succeeded has made the lease forget it.
            Add(number, offset);
            return;
        }

        _numbers[place] = number;
        _first = Math.Min(_first, place);
    }

    /// <summary>Ends it: what was not settled returns to the front of the queue, in its order.</summary>
    /// <returns>How many that were.</returns>
    internal int End()
    {
        int returned = 0;
        for (int i = _count - 1; i >= _first; i--)
        {
            if (_numbers[i] < 0) continue;
            host.Return(_offsets[i]);
            returned++;
        }

        IsOver = true;
        host.Lease = null;
        host.State = HostState.Idle;
        _numbers = _offsets = [];
        _first = _count = 0;
        return returned;
    }

    /// <summary>Forgets what was settled, where a lease goes on for long.</summary>
    internal void Compact()
    {
        if (_first < 256 || _first < _count / 2) return;
        _numbers.AsSpan(_first, _count - _first).CopyTo(_numbers);
        _offsets.AsSpan(_first, _count - _first).CopyTo(_offsets);
        _count -= _first;
        _first = 0;
    }
}
