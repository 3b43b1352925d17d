namespace RequestsAsync.Bulk;

/// <summary>Reads several runs as one, in order.</summary>
internal static class RequestIdMerge
{
    internal static IEnumerable<ReadOnlyMemory<UInt128>> Of(IReadOnlyList<RequestIdRun> runs)
    {
        PriorityQueue<Reader, UInt128> readers = new();
        foreach (RequestIdRun run in runs)
        {
            Reader reader = new(run);
            if (reader.TryNext(out UInt128 first)) readers.Enqueue(reader, first);
        }

        var piece = new UInt128[4096];
        int count = 0;
        while (readers.TryPeek(out Reader? reader, out UInt128 id))
        {
            piece[count++] = id;
            if (count == piece.Length)
            {
                yield return piece;
                count = 0;
            }

            if (reader.TryNext(out UInt128 next)) readers.DequeueEnqueue(reader, next);
            else readers.Dequeue();
        }

        yield return piece.AsMemory(0, count);
    }

    private sealed class Reader(RequestIdRun run)
    {
        private readonly UInt128[] _buffer = new UInt128[RequestIdRun.PageIds * 16];
        private long _read;
        private int _next;
        private int _count;

        internal bool TryNext(out UInt128 id)
        {
            if (_next == _count)
            {
                _count = _read == run.Count ? 0 : run.Read(_read, _buffer).Length;
                _read += _count;
                _next = 0;
            }

            id = _count == 0 ? 0 : _buffer[_next++];
            return _count > 0;
        }
    }
}
