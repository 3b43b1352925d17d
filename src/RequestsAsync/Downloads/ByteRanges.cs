namespace RequestsAsync;

/// <summary>Which bytes of a file are there: ranges in their order that neither touch nor overlap.</summary>
internal sealed class ByteRanges
{
    private readonly List<ByteRange> _ranges = [];

    /// <summary>How many bytes they are in all.</summary>
    public long Total { get; private set; }

    public IReadOnlyList<ByteRange> Items => _ranges;

    public void Clear()
    {
        _ranges.Clear();
        Total = 0;
    }

    /// <summary>Adds a range, which may touch or overlap those that are there.</summary>
    public void Add(ByteRange added)
    {
        if (added.Length <= 0) return;

        int at = 0;
        while (at < _ranges.Count && _ranges[at].End < added.Start) at++;
        while (at < _ranges.Count && _ranges[at].Start <= added.End)
        {
            ByteRange met = _ranges[at];
            added = new(Math.Min(added.Start, met.Start), Math.Max(added.End, met.End));
            Total -= met.Length;
            _ranges.RemoveAt(at);
        }

        _ranges.Insert(at, added);
        Total += added.Length;
    }

    /// <summary>What is missing of a file that ends there.</summary>
    public List<ByteRange> GapsUpTo(long end)
    {
        List<ByteRange> gaps = [];
        long position = 0;
        foreach (ByteRange range in _ranges)
        {
            if (range.Start > position) gaps.Add(new(position, range.Start));
            position = range.End;
        }

        if (position < end) gaps.Add(new(position, end));
        return gaps;
    }
}
