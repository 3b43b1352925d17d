using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>Reads a body into memory, up to a limit.</summary>
internal static class BodyReader
{
    // An array for all of it is made at once up to here, where arrays are not yet large objects; beyond it the memory grows with what really comes.
    private const int BelievedLength = 80 << 10;
    private const int FirstBlock = 16 << 10;
    private const int FirstBlockOfLong = 64 << 10;

    /// <summary>Whether memory for a whole body may be taken before it is here.</summary>
    public static bool Believes(long? expected, long limit) => expected is > 0 and <= BelievedLength && expected <= limit;

    /// <summary>Reads to the end.</summary>
    /// <param name="stream">The decoded body.</param>
    /// <param name="expected">How many bytes are expected, when that is known.</param>
    /// <param name="limit">How many are allowed.</param>
    /// <param name="sending">What is told of each wait.</param>
    /// <param name="async">Whether to wait without holding the thread.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="BodyTooLargeException">There are more.</exception>
    /// <exception cref="ConnectionLostException">There are fewer than were expected.</exception>
    public static ValueTask<byte[]> ReadToEndAsync(Stream stream, long? expected, long limit, Sending? sending, bool async, CancellationToken cancellationToken)
    {
        if (expected > limit) throw TooLarge(limit);
        if (!Believes(expected, limit)) return ReadUnknownAsync(stream, expected, limit, sending, async, cancellationToken);

        byte[] body = GC.AllocateUninitializedArray<byte>((int)expected!);
        return FillAsync(stream, body, StartAsync(stream, body, sending, async, cancellationToken), sending, async, cancellationToken);
    }

    /// <summary>Reads until the body is full.</summary>
    /// <param name="stream">The decoded body.</param>
    /// <param name="body">Where it goes.</param>
    /// <param name="first">The first read, which has begun.</param>
    /// <param name="sending">What is told of each wait.</param>
    /// <param name="async">Whether to wait without holding the thread.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="ConnectionLostException">There are fewer bytes than were expected.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<byte[]> FillAsync(Stream stream, byte[] body, ValueTask<int> first, Sending? sending, bool async, CancellationToken cancellationToken)
    {
        int filled = 0;
        while (true)
        {
            int read = await first.ConfigureAwait(false);
            if (read == 0) throw CutOff(filled, body.Length);
            filled += read;
            if (filled == body.Length) return body;
            first = StartAsync(stream, body.AsMemory(filled), sending, async, cancellationToken);
        }
    }

    /// <summary>Begins to read a whole body.</summary>
    /// <param name="stream">The decoded body.</param>
    /// <param name="body">Where it goes.</param>
    /// <param name="sending">What is told of the wait, if there is one.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <param name="reading">The read that has begun, to be awaited unless all is here.</param>
    /// <returns>How many bytes are here already.</returns>
    public static int TryRead(Stream stream, byte[] body, Sending? sending, CancellationToken cancellationToken, out ValueTask<int> reading)
    {
        try
        {
            reading = StartAsync(stream, body, sending, async: true, cancellationToken);
        }
        catch (Exception e)
        {
            reading = ValueTask.FromException<int>(e); // told where the read is awaited
        }

        if (!reading.IsCompletedSuccessfully) return 0;

        int read = Blocking.Complete(reading);
        reading = new(read);
        return read;
    }

    // A blocking read is complete when this returns.
    private static ValueTask<int> StartAsync(Stream stream, Memory<byte> buffer, Sending? sending, bool async, CancellationToken cancellationToken)
    {
        if (!async)
        {
            sending?.ReadBegins();
            return new(stream.Read(buffer.Span));
        }

        ValueTask<int> reading = stream.ReadAsync(buffer, cancellationToken);
        if (!reading.IsCompleted) sending?.ReadBegins();
        return reading;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<byte[]> ReadUnknownAsync(Stream stream, long? expected, long limit, Sending? sending, bool async, CancellationToken cancellationToken)
    {
        BodyBlocks blocks = new(expected > BelievedLength ? FirstBlockOfLong : FirstBlock, expected);
        bool isReading = false;
        try
        {
            while (true)
            {
                isReading = true;
                int read = await StartAsync(stream, blocks.Room, sending, async, cancellationToken).ConfigureAwait(false);
                isReading = false;
                if (read == 0 && blocks.Length < expected) throw CutOff(blocks.Length, expected.Value);
                if (read == 0) return blocks.ToArray();

                blocks.Advance(read);
                if (blocks.Length > Math.Min(limit, Array.MaxLength)) throw TooLarge(limit);
            }
        }
        finally
        {
            if (!isReading) blocks.Return(); // a read that has failed may not be over in a handler of somebody else's
        }
    }

    // The network's own transport notices it by itself; other handlers need not.
    internal static ConnectionLostException CutOff(long filled, long expected) => new($"the body ended after {filled} of {expected} bytes.");

    private static BodyTooLargeException TooLarge(long limit) =>
        new($"The body is larger than the {limit} bytes that MaxResponseBytes allows. Stream it with StreamAsync, or allow more.");
}
