using System.Buffers;

namespace RequestsAsync;

/// <summary>Reads a body into memory, up to a limit.</summary>
internal static class BodyReader
{
    // A length that the server only claims is believed up to here; beyond it the memory grows with what really comes.
    private const int BelievedLength = 1 << 20;
    private const int FirstRent = 16 << 10;

    /// <summary>Reads to the end.</summary>
    /// <param name="stream">The decoded body.</param>
    /// <param name="expected">How many bytes are expected, when that is known.</param>
    /// <param name="limit">How many are allowed.</param>
    /// <param name="sending">What is told of each wait.</param>
    /// <param name="async">Whether to wait without holding the thread.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="BodyTooLargeException">There are more.</exception>
    /// <exception cref="ConnectionLostException">There are fewer than were expected.</exception>
    public static async ValueTask<byte[]> ReadToEndAsync(Stream stream, long? expected, long limit, Sending? sending, bool async, CancellationToken cancellationToken)
    {
        if (expected > limit) throw TooLarge(limit);
        return expected is > 0 and <= BelievedLength
            ? await ReadExpectedAsync(stream, (int)expected, sending, async, cancellationToken).ConfigureAwait(false)
            : await ReadUnknownAsync(stream, expected, limit, sending, async, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<byte[]> ReadExpectedAsync(Stream stream, int expected, Sending? sending, bool async, CancellationToken cancellationToken)
    {
        byte[] body = GC.AllocateUninitializedArray<byte>(expected);
        int filled = 0;
        while (filled < body.Length)
        {
            sending?.ReadBegins();
            int read = async
                ? await stream.ReadAsync(body.AsMemory(filled), cancellationToken).ConfigureAwait(false)
                : stream.Read(body.AsSpan(filled));
            if (read == 0) throw CutOff(filled, expected);
            filled += read;
        }

        return body;
    }

    private static async ValueTask<byte[]> ReadUnknownAsync(Stream stream, long? expected, long limit, Sending? sending, bool async, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstRent);
        int filled = 0;
        try
        {
            while (true)
            {
                sending?.ReadBegins();
                int read = async
                    ? await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false)
                    : stream.Read(buffer.AsSpan(filled));
                if (read == 0 && filled < expected) throw CutOff(filled, expected.Value);
                if (read == 0) return buffer.AsSpan(0, filled).ToArray();

                filled += read;
                if (filled > limit) throw TooLarge(limit);
                if (filled == buffer.Length) buffer = Grow(buffer, filled, limit);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int filled, long limit)
    {
        if (filled >= Array.MaxLength) throw TooLarge(limit);

        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, (long)filled * 2));
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    // The network's own transport notices it by itself; other handlers need not.
    private static ConnectionLostException CutOff(long filled, long expected) => new($"the body ended after {filled} of {expected} bytes.");

    private static BodyTooLargeException TooLarge(long limit) =>
        new($"The body is larger than the {limit} bytes that MaxResponseBytes allows. Stream it with StreamAsync, or allow more.");
}
