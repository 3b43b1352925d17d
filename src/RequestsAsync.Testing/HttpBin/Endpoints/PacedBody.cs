namespace RequestsAsync.Testing;

/// <summary>Sends a body evenly over a time.</summary>
internal static class PacedBody
{
    // A timer is no finer than this; what falls due meanwhile goes out together.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Sends pieces of <paramref name="pieceLength"/> or, where those would come faster than a timer ticks, more.</summary>
    /// <param name="call">The request to answer; its answer has begun.</param>
    /// <param name="body">All of it.</param>
    /// <param name="pieceLength">How much to send at a time.</param>
    /// <param name="duration">How long the whole takes.</param>
    /// <param name="waitsFirst">Whether the time of a piece passes before it is sent; otherwise after, and none after the last.</param>
    internal static async Task WriteAsync(BinCall call, ReadOnlyMemory<byte> body, int pieceLength, TimeSpan duration, bool waitsFirst)
    {
        long began = call.Time.GetTimestamp();
        int sent = 0;
        while (sent < body.Length)
        {
            int end = Math.Min(body.Length, sent + Math.Min(pieceLength, body.Length));
            TimeSpan due = duration * ((double)(waitsFirst ? end : sent) / body.Length);
            TimeSpan left = due - call.Time.GetElapsedTime(began);
            if (left > TimeSpan.Zero) await call.DelayAsync(left < Tick ? Tick : left).ConfigureAwait(false);

            end = Math.Max(end, DueBy(call.Time.GetElapsedTime(began), duration, body.Length));
            if (!await call.WriteAsync(body[sent..end]).ConfigureAwait(false)) return;
            sent = end;
        }
    }

    private static int DueBy(TimeSpan elapsed, TimeSpan duration, int length) =>
        elapsed >= duration ? length : (int)(length * (elapsed / duration));
}
