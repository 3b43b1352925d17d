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
        if (IsRefused(_peek))
        {
            StopListening(sending, cause: null);
            return;
        }

        ValueTask writing = Inner.WriteAsync(piece, (_giveUp ??= new()).Token);
        if (writing.IsCompletedSuccessfully) return;

        Task pending = writing.AsTask();
        _peek ??= PeekAsync();
        await Task.WhenAny(pending, _peek).ConfigureAwait(false);
        if (!pending.IsCompleted && IsRefused(_peek))
        {
            // The piece must not be given back to its pool while the socket still reads it.
            await _giveUp!.CancelAsync().ConfigureAwait(false);
            await pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            StopListening(sending, cause: null);
            return;
        }

        await pending.ConfigureAwait(false);
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "Awaited once, by the read that follows.")]
    private Task<int> PeekAsync()
    {
        _peeked ??= new byte[PeekLength];
        _peekOffset = 0;
        return Inner.ReadAsync(_peeked).AsTask();
    }

    // As curl: an answer of 400 or more ends the sending, any other may well come from a server that reads and writes at once.
    private bool IsRefused(Task<int>? peek) =>
        peek is { IsCompletedSuccessfully: true } && IsRefusal(_peeked.AsSpan(0, ResultOf(peek)));

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
        _peekOffset += read;
        if (_peekOffset == length)
        {
            _peek = null;
            _peeked = null;
        }

        Note(buffer.Span[..read]);
        return read;
    }
}
