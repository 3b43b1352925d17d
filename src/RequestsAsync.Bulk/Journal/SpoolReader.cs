using System.Buffers.Binary;

namespace RequestsAsync.Bulk;

/// <summary>Reads single requests from the spool, and ahead where the next one is near.</summary>
internal sealed class SpoolReader(LogFile spool)
{
    private const int Near = 8 << 10;
    private const int Far = 1 << 10;
    private byte[] _window = new byte[2 * Near];
    private long _start;
    private int _count;

    /// <param name="offset">Where it stands.</param>
    /// <param name="next">Where the next one stands that will be read; 0 if nobody knows.</param>
    /// <returns>The record, without its header, until the next call.</returns>
    /// <exception cref="FrontierException">It cannot be read, or is damaged.</exception>
    internal ReadOnlySpan<byte> Read(long offset, long next)
    {
        ReadOnlySpan<byte> bytes = Inside(offset);
        if (!IsWhole(bytes))
        {
            Fill(offset, next > offset && next - offset < Near ? _window.Length : Far);
            bytes = Inside(offset);
            if (!IsWhole(bytes) && bytes.Length >= RequestCodec.HeaderBytes)
            {
                int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
                if (length < 0 || length > spool.Length - offset) throw Damaged(offset);
                Fill(offset, RequestCodec.HeaderBytes + length);
                bytes = Inside(offset);
            }
        }

        if (!IsWhole(bytes)) throw Damaged(offset);
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

    private ReadOnlySpan<byte> Inside(long offset) =>
        offset >= _start && offset < _start + _count ? _window.AsSpan((int)(offset - _start), (int)(_start + _count - offset)) : default;

    private void Fill(long offset, int size)
    {
        // What stands after the durable end may yet be cut off and be written anew.
        size = (int)Math.Min(size, spool.Length - offset);
        if (_window.Length < size) _window = new byte[size];
        _count = 0;
        try
        {
            _count = spool.Read(_window.AsSpan(0, size), offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FrontierException($"'{spool.Path}' cannot be read at byte {offset} ({exception.Message}). Set it right, and resume the job.", exception);
        }

        _start = offset;
    }

    private FrontierException Damaged(long offset) => new(
        $"'{spool.Path}' is damaged at byte {offset}: what stands there is not what was written. Bring the job's folder back from a copy, or start the job anew in another folder.");
}
