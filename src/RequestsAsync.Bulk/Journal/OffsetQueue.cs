namespace RequestsAsync.Bulk;

/// <summary>Offsets in a file, first in first out and growing, each as the difference to the one before: three bytes where a plain list needs eight.</summary>
internal struct OffsetQueue
{
    private const int MaxNumberBytes = 9;
    private byte[]? _bytes;
    private int _head;
    private int _tail;
    private long _lastTaken;
    private long _lastAdded;

    internal readonly bool IsEmpty => _head == _tail;

    internal void Add(long offset)
    {
        if (_bytes is null || _bytes.Length - _tail < MaxNumberBytes) MakeRoom();
        ulong rest = (ulong)(offset - _lastAdded);
        while (rest >= 0x80)
        {
            _bytes![_tail++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _bytes![_tail++] = (byte)rest;
        _lastAdded = offset;
    }

    internal bool TryTake(out long offset)
    {
        offset = 0;
        if (IsEmpty) return false;
        ulong difference = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte value = _bytes![_head++];
            difference |= (ulong)(value & 0x7F) << shift;
            if (value < 0x80) break;
        }

        _lastTaken = offset = _lastTaken + (long)difference;
        if (IsEmpty)
        {
            _head = _tail = 0;
            _bytes = null;
        }

        return true;
    }

    private void MakeRoom()
    {
        int count = _tail - _head;
        // Where half of it was taken already the room is there; else it grows by a quarter, since of large ones there are many bytes and of small ones many queues.
        bool isHalfTaken = _bytes is not null && _head >= _bytes.Length / 2 && _bytes.Length - count >= 2 * MaxNumberBytes;
        byte[] target = isHalfTaken ? _bytes! : new byte[count + Math.Max(2 * MaxNumberBytes, count / 4)];
        if (count > 0) Buffer.BlockCopy(_bytes!, _head, target, 0, count);
        _bytes = target;
        _head = 0;
        _tail = count;
    }
}
