using System.Buffers;

namespace RequestsAsync;

/// <summary>Copies a body, however long, and says how far it has come.</summary>
internal static class BodyCopier
{
    private const int BlockSize = 256 << 10;

    /// <summary>Copies to the end.</summary>
    /// <param name="source">The decoded body.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="total">How many bytes are expected, when that is known.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="async">Whether to wait for the source without holding the thread.</param>
    /// <param name="writesNow">Whether to hold the thread while a block is written.</param>
    /// <param name="cancellationToken">Ends the copying early.</param>
    /// <exception cref="ConnectionLostException">There are fewer bytes than were expected.</exception>
    public static async ValueTask CopyAsync(
        Stream source, Stream target, long? total, IProgress<TransferProgress>? progress, bool async, bool writesNow, CancellationToken cancellationToken)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        long copied = 0;
        bool isReading = false;
        try
        {
            while (true)
            {
                isReading = true;
                int read = async ? await source.ReadAsync(block, cancellationToken).ConfigureAwait(false) : source.Read(block);
                isReading = false;
                if (read == 0 && copied < total) throw BodyReader.CutOff(copied, total.Value);
                if (read == 0) return;

                if (writesNow)
                    target.Write(block.AsSpan(0, read));
                else
                    await target.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);

                copied += read;
                progress?.Report(new TransferProgress(copied, total));
            }
        }
        finally
        {
            if (!isReading) ArrayPool<byte>.Shared.Return(block); // a read that has failed may not be over in a handler of somebody else's
        }
    }
}
