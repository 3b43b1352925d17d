using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

// Content on its way out, while the server is listened to.
internal sealed partial class Http1Stream
{
    private async ValueTask WritePiecesAsync(ReadOnlyMemory<byte> buffer, Sending sending)
    {
        while (buffer.Length > 0 && !_isDeaf)
        {
            ReadOnlyMemory<byte> piece = buffer[..Math.Min(PieceLength, buffer.Length)];
            sending.WriteBegins();
            try
            {
                await WritePieceAsync(piece, sending).ConfigureAwait(false);
            }
            catch (IOException e) when (sending.BodyState == BodyState.Sending)
            {
                StopListening(sending, e);
                return;
            }

            sending.WriteEnds();
            buffer = buffer[piece.Length..];
        }
    }

    private async ValueTask WritePieceAsync(ReadOnlyMemory<byte> piece, Sending sending)
    {
        if (IsRefused())
        {
            StopListening(sending, cause: null);
            return;
        }

        ValueTask writing = Inner.WriteAsync(piece, (_giveUp ??= new()).Token);
        if (writing.IsCompletedSuccessfully) return;

        Task pending = writing.AsTask();
        await Task.WhenAny(pending, ListenAsync()).ConfigureAwait(false);
        if (!pending.IsCompleted && IsRefused())
        {
            // The piece must not be given back to its pool while the socket still reads it.
            await _giveUp!.CancelAsync().ConfigureAwait(false);
            await pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            StopListening(sending, cause: null);
            return;
        }

        await pending.ConfigureAwait(false);
    }

    // Complete when something has come, or at least when it is a refusal. A connection bears one read at a time (over TLS a second one throws): where the transport reads
    // already, what it gets is looked at on its way (Note).
    private Task ListenAsync()
    {
        if (_peek is { } peek) return peek;
        if (!_isReading) return _isRefused ? Task.CompletedTask : _peek = PeekAsync(); // it was set before the reading was over

        _refusal ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.MemoryBarrier(); // either this sees the refusal, or Refuse sees that somebody waits
        if (_isRefused) _refusal.TrySetResult();
        return _refusal.Task;
    }

    private void Refuse()
    {
        _isRefused = true;
        Interlocked.MemoryBarrier();
        _refusal?.TrySetResult();
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "Awaited once, by the read that follows.")]
    private Task<int> PeekAsync()
    {
        _peeked ??= new byte[PeekLength];
        _peekOffset = 0;
        return Inner.ReadAsync(_peeked).AsTask();
    }

    // As curl: an answer of 400 or more ends the sending, any other may well come from a server that reads and writes at once.
    private bool IsRefused() =>
        _isRefused || (_peek is { IsCompletedSuccessfully: true } peek && _peeked is { } peeked && IsRefusal(peeked.AsSpan(0, ResultOf(peek))));

    private static bool IsRefusal(ReadOnlySpan<byte> head) => head.Length >= 12 && head.StartsWith("HTTP/1."u8) && head[9] is >= (byte)'4' and <= (byte)'9';

    private void StopListening(Sending sending, Exception? cause)
    {
        _isDeaf = _isDamaged = true;
        sending.ConnectionLost(cause);
        sending.StopBody();
    }

    private async ValueTask<int> ReadPeekedAsync(Task<int> peek, Memory<byte> buffer)
    {
        int length;
        try
        {
            length = await peek.ConfigureAwait(false);
        }
        catch (IOException e)
        {
            _sending?.ConnectionLost(e);
            throw;
        }

        if (buffer.Length == 0) return 0;

        int read = Math.Min(buffer.Length, length - _peekOffset);
        _peeked.AsMemory(_peekOffset, read).CopyTo(buffer);
        Note(buffer.Span[..read]); // before it is gone from here: a writer looks for a refusal in both places
        _peekOffset += read;
        if (_peekOffset == length)
        {
            _peek = null;
            _peeked = null;
        }

        return read;
    }
}
