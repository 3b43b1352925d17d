using System.Buffers.Binary;

namespace RequestsAsync.Bulk;

/// <summary>
/// Reads single requests from the spool, by way of the blocks that were read last: hosts that are leased one after another often stand side by side in the input.
/// </summary>
internal sealed class SpoolReader
{
    private const int BlockBytes = 4 << 10;
    private const int Blocks = 512;
    private readonly LogFile _spool;
    private readonly byte[] _cache = new byte[BlockBytes * Blocks];
    private readonly long[] _indexes = new long[Blocks];
    private readonly int[] _counts = new int[Blocks];
    private byte[] _joined = new byte[2 * BlockBytes];

    internal SpoolReader(LogFile spool)
    {
        _spool = spool;
        Array.Fill(_indexes, -1);
    }

    /// <param name="offset">Where it stands.</param>
    /// <returns>The record, without its header, until the next call.</returns>
    /// <exception cref="FrontierException">It cannot be read, or is damaged.</exception>
    internal ReadOnlySpan<byte> Read(long offset)
    {
        ReadOnlySpan<byte> bytes = Block(offset);
        if (!IsWhole(bytes)) bytes = Join(offset, bytes);
        ReadOnlySpan<byte> record = bytes.Slice(RequestCodec.HeaderBytes, BinaryPrimitives.ReadInt32LittleEndian(bytes));
        if (Crc32C.Of(record) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])) throw Damaged(offset);
        return record;
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < RequestCodec.HeaderBytes) return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return length >= 0 && length <= bytes.Length - RequestCodec.HeaderBytes;
    }

    // A record that goes on in the next block, or is longer than one.
    private ReadOnlySpan<byte> Join(long offset, ReadOnlySpan<byte> start)
    {
        start.CopyTo(_joined);
        ReadOnlySpan<byte> next = Block(offset + start.Length);
        next.CopyTo(_joined.AsSpan(start.Length));
        ReadOnlySpan<byte> joined = _joined.AsSpan(0, start.Length + next.Length);
        if (IsWhole(joined)) return joined;
        if (joined.Length < RequestCodec.HeaderBytes) throw Damaged(offset);

        long size = RequestCodec.HeaderBytes + (long)BinaryPrimitives.ReadInt32LittleEndian(joined);
        if (size < RequestCodec.HeaderBytes || size > _spool.Length - offset) throw Damaged(offset);
        if (_joined.Length < size) _joined = new byte[size];
        if (Fill(_joined.AsSpan(0, (int)size), offset) < size) throw Damaged(offset);
        return _joined.AsSpan(0, (int)size);
    }

    /// <returns>What the block of an offset holds from there on.</returns>
    private ReadOnlySpan<byte> Block(long offset)
    {
        long index = offset / BlockBytes, start = index * BlockBytes;
        int slot = (int)(index % Blocks);
        // What stands after the durable end may yet be cut off and be written anew: of the last block there may be more now than there was.
        int count = (int)Math.Clamp(_spool.Length - start, 0, BlockBytes);
        Span<byte> block = _cache.AsSpan(slot * BlockBytes, BlockBytes);
        if (_indexes[slot] != index || _counts[slot] < count)
        {
            _indexes[slot] = -1;
            _counts[slot] = Fill(block[..count], start);
            _indexes[slot] = index;
        }

        int skipped = (int)(offset - start);
        return skipped >= _counts[slot] ? default : block[skipped.._counts[slot]];
    }

    private int Fill(Span<byte> target, long offset)
    {
        try
        {
            return _spool.Read(target, offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FrontierException($"'{_spool.Path}' cannot be read at byte {offset} ({exception.Message}). Set it right, and resume the job.", exception);
        }
    }

    private FrontierException Damaged(long offset) => new(
        $"'{_spool.Path}' is damaged at byte {offset}: what stands there is not what was written. Bring the job's folder back from a copy, or start the job anew in another folder.");
}
