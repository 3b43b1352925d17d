using System.Buffers;

namespace RequestsAsync.Bulk;

/// <summary>Cuts a stream into its lines, which it counts, with a memory of one line.</summary>
/// <remarks>A line ends with LF, or CR LF; the last one may end with the stream. A line beyond the limit is told as such, and the next one is read as ever.</remarks>
internal sealed class LineReader(Stream stream, int maxLineBytes) : IAsyncDisposable
{
    private const int FirstBuffer = 64 << 10;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _start;
    private int _end;
    private int _searched;
    private bool _isOver;

    /// <summary>The number of the line that was read last, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line, until the next one is read; of one that is too long, its beginning.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Whether the line is longer than the limit.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether the line has its end: all but the last one of a stream have.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Reads the next line if it can be had without waiting.</summary>
    public bool TryRead()
    {
        int length = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (length < 0)
        {
            _searched = _end;
            if (!_isOver || _start == _end) return false;
            Take(_end - _start, isTooLong: false);
            IsWhole = false;
            _start = _searched = _end;
            return true;
        }

        int end = _searched + length;
        Take(end - _start, end - _start > maxLineBytes);
        _start = _searched = end + 1;
        return true;
    }

    /// <summary>Reads the next line.</summary>
    /// <returns>Whether there was one.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (!TryRead())
        {
            if (_isOver) return false;
            if (_end - _start > maxLineBytes) return await ReadTooLongAsync(cancellationToken).ConfigureAwait(false);
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _buffer, []));
        return stream.DisposeAsync();
    }

    private void Take(int length, bool isTooLong)
    {
        Number++;
        IsTooLong = isTooLong;
        IsWhole = true;
        if (length > 0 && _buffer[_start + length - 1] == '\r') length--;
        Line = _buffer.AsMemory(_start, Math.Min(length, maxLineBytes));
    }

    // The beginning stays where it is, for it is told; what follows is read over it, behind.
    private async ValueTask<bool> ReadTooLongAsync(CancellationToken cancellationToken)
    {
        Take(_end - _start, isTooLong: true);
        int kept = _start + maxLineBytes;
        while (true)
        {
            int read = await stream.ReadAsync(_buffer.AsMemory(kept), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                _isOver = true;
                _start = _searched = _end = kept;
                return true;
            }

            int end = _buffer.AsSpan(kept, read).IndexOf((byte)'\n');
            if (end < 0) continue;
            _start = _searched = kept + end + 1;
            _end = kept + read;
            return true;
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _searched -= _start;
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        if (read == 0) _isOver = true;
        _end += read;
    }
}
