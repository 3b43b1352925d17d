namespace RequestsAsync.Testing;

/// <summary>Reads a recorded body: all at once, or piece by piece as it came.</summary>
internal sealed class ReplayedStream : ReadOnlyStream
{
    private readonly ReplayedBody _body;
    private readonly TimeProvider? _time;
    private readonly Action _atEnd;
    private readonly long _opened;
    private int _at;
    private int _chunk;
    private int _chunkEnd;

    /// <param name="body">What to read.</param>
    /// <param name="time">The clock that pieces wait on; <see langword="null"/> for no waiting.</param>
    /// <param name="atEnd">Called when the end was read.</param>
    public ReplayedStream(ReplayedBody body, TimeProvider? time, Action atEnd)
    {
        _body = body;
        _time = time;
        _atEnd = atEnd;
        _opened = time?.GetTimestamp() ?? 0;
        _chunkEnd = time is null || body.Chunks.Count == 0 ? body.Bytes.Length : body.Chunks[0].Size;
    }

    public override int Read(Span<byte> buffer)
    {
        if (Due() is { } wait) Blocking.Complete(Pause.WaitAsync(wait, _time!, async: false, CancellationToken.None));

        return Take(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Due() is { } wait) await Pause.WaitAsync(wait, _time!, async: true, cancellationToken).ConfigureAwait(false);
        return Take(buffer.Span);
    }

    // How long until the piece that is next has come.
    private TimeSpan? Due()
    {
        if (_time is null || _at == _body.Bytes.Length || _chunk >= _body.Chunks.Count) return null;

        if (_at == _chunkEnd)
        {
            _chunk++;
            _chunkEnd = _chunk < _body.Chunks.Count ? _chunkEnd + _body.Chunks[_chunk].Size : _body.Bytes.Length;
        }

        if (_chunk >= _body.Chunks.Count) return null;
        TimeSpan left = TimeSpan.FromMilliseconds(_body.Chunks[_chunk].Offset) - _time.GetElapsedTime(_opened);
        return left > TimeSpan.Zero ? left : null;
    }

    private int Take(Span<byte> buffer)
    {
        if (_at == _body.Bytes.Length && buffer.Length > 0)
        {
            if (!_body.IsWhole) throw _body.ToException();
            _atEnd();
            return 0;
        }

        int count = Math.Min(buffer.Length, _chunkEnd - _at);
        _body.Bytes.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
