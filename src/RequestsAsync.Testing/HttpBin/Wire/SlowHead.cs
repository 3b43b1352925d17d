using System.IO.Pipelines;

namespace RequestsAsync.Testing;

/// <summary>The head of one answer, a byte or a line at a time.</summary>
/// <param name="streamId">The stream of HTTP/2 whose head it is, or <see langword="null"/> in HTTP/1.1.</param>
/// <param name="byLine">Whether to send whole lines; over HTTP/2, whose head has none, all of it at once.</param>
/// <param name="interval">What passes between two pieces.</param>
/// <param name="time">The clock.</param>
/// <param name="ends">Cancelled when nobody is there any more to be slow for. It is disposed of with this.</param>
/// <remarks>Over HTTP/2 the request may be over before its head is sent, so this holds on to nothing of it.</remarks>
internal sealed class SlowHead(int? streamId, bool byLine, TimeSpan interval, TimeProvider time, CancellationTokenSource ends) : IDisposable
{
    /// <summary>Sends bytes slowly if they hold the head. Otherwise it sends nothing, and says so.</summary>
    internal async ValueTask<bool> TryWriteAsync(PipeWriter output, ReadOnlyMemory<byte> bytes)
    {
        int end = streamId is { } id ? Http2Frames.EndOfHead(bytes.Span, id) : EndOfHead(bytes.Span);
        if (end < 0) return false;

        int sent = 0;
        try
        {
            while (sent < end)
            {
                if (sent > 0) await Pause.WaitAsync(interval, time, async: true, ends.Token).ConfigureAwait(false);
                int length = PieceLength(bytes.Span[sent..end]);
                await output.WriteAsync(bytes.Slice(sent, length), CancellationToken.None).ConfigureAwait(false);
                sent += length;
            }
        }
        catch (OperationCanceledException)
        {
            // The client left, or the server stops.
        }

        await output.WriteAsync(bytes[sent..], CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    /// <summary>Lets go of what would have ended it.</summary>
    public void Dispose() => ends.Dispose();

    private int PieceLength(ReadOnlySpan<byte> rest)
    {
        if (!byLine) return 1;
        int feed = rest.IndexOf((byte)'\n');
        return streamId is not null || feed < 0 ? rest.Length : feed + 1;
    }

    private static int EndOfHead(ReadOnlySpan<byte> bytes)
    {
        int empty = bytes.IndexOf("\r\n\r\n"u8);
        return empty < 0 ? -1 : empty + 4;
    }
}
