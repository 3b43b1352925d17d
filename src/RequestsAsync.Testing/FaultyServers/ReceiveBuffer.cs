namespace RequestsAsync.Testing;

/// <summary>What was received and not yet taken.</summary>
internal sealed class ReceiveBuffer
{
    private byte[] _bytes = new byte[16 << 10];
    private int _start;
    private int _end;

    public int Count => _end - _start;

    private ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(_start, Count);

    /// <summary>Receives more, at least one byte; <see langword="false"/> where the other side has closed.</summary>
    public async ValueTask<bool> FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_end == _bytes.Length) MakeRoom();
        int read = await stream.ReadAsync(_bytes.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    public int IndexOf(ReadOnlySpan<byte> sought) => Bytes.Span.IndexOf(sought);

    /// <summary>Takes so many bytes, or all that there are; they stay as they are until the next is received.</summary>
    public ReadOnlyMemory<byte> Take(long count)
    {
        ReadOnlyMemory<byte> taken = Bytes[..(int)Math.Min(count, Count)];
        _start += taken.Length;
        if (_start == _end) _start = _end = 0;
        return taken;
    }

    /// <summary>Puts bytes back in front, to be taken first.</summary>
    public void Unread(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;

        byte[] room = new byte[Math.Max(_bytes.Length, bytes.Length + Count)];
        bytes.CopyTo(room);
        Bytes.CopyTo(room.AsMemory(bytes.Length));
        (_bytes, _start, _end) = (room, 0, bytes.Length + Count);
    }

    private void MakeRoom()
    {
        byte[] room = Count > _bytes.Length / 2 ? new byte[_bytes.Length * 2] : new byte[_bytes.Length];
        Bytes.CopyTo(room);
        (_bytes, _start, _end) = (room, 0, Count);
    }
}
