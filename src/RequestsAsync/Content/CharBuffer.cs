using System.Buffers;

namespace RequestsAsync;

/// <summary>A queue of characters: written at its end, read from its start.</summary>
internal sealed class CharBuffer : IBufferWriter<char>
{
    private const int SmallestSize = 256;

    private char[] _array = [];
    private int _start;
    private int _end;

    /// <summary>What was written and not yet discarded.</summary>
    public ReadOnlySpan<char> Unread => _array.AsSpan(_start.._end);

    /// <summary>Drops characters that were read.</summary>
    public void Discard(int count)
    {
        _start += count;
        if (_start == _end) _start = _end = 0;
    }

    /// <inheritdoc/>
    public void Advance(int count) => _end += count;

    /// <inheritdoc/>
    public Span<char> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public Memory<char> GetMemory(int sizeHint = 0)
    {
        sizeHint = Math.Max(sizeHint, 1);
        if (_array.Length - _end < sizeHint) MakeRoom(sizeHint);
        return _array.AsMemory(_end);
    }

    private void MakeRoom(int count)
    {
        int length = _end - _start;
        // Moving within the array only while at least half of it is free keeps the cost per character constant.
        char[] target = length + count <= _array.Length / 2 ? _array : new char[Math.Max(SmallestSize, (length + count) * 2)];
        Unread.CopyTo(target);
        (_array, _start, _end) = (target, 0, length);
    }
}
