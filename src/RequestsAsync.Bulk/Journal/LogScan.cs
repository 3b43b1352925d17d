using System.Buffers.Binary;

namespace RequestsAsync.Bulk;

/// <summary>Reads a log from its beginning, and finds where its whole frames end.</summary>
internal sealed class LogScan(LogDevice device, uint mark)
{
    private byte[] _buffer = new byte[1 << 20];
    private long _start;
    private int _count;

    /// <summary>Is told a frame's content, and where in the file it begins.</summary>
    internal delegate void Visitor(ReadOnlySpan<byte> content, long offset);

    internal bool HasSignature(ReadOnlySpan<byte> signature) => At(0, signature.Length, out ReadOnlySpan<byte> bytes) && bytes.SequenceEqual(signature);

    /// <returns>Where the last whole frame ends.</returns>
    internal long Run(Visitor visit, long length)
    {
        long offset = LogFile.SignatureBytes;
        while (TryFrame(offset, length, out ReadOnlySpan<byte> content))
        {
            visit(content[sizeof(long)..], offset + LogFile.HeaderBytes + sizeof(long));
            offset += LogFile.HeaderBytes + content.Length;
        }

        if (offset < length) RefuseDamage(offset, length);
        return offset;
    }

    internal FrontierException Damaged(long offset) => new(
        $"'{device.Path}' is damaged at byte {offset}: what stands there is not what was written, and was durable. "
        + "Bring the job's folder back from a copy, or start the job anew in another folder.");

    private bool TryFrame(long offset, long length, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!At(offset, LogFile.HeaderBytes, out ReadOnlySpan<byte> header) || BinaryPrimitives.ReadUInt32LittleEndian(header) != mark) return false;
        int size = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        uint crc = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (size < sizeof(long) || size > length - offset - LogFile.HeaderBytes) return false;
        return At(offset + LogFile.HeaderBytes, size, out content) && Crc32C.Of(content) == crc;
    }

    // Is there a later frame that knows the bytes at the offset as durable? Then they are no torn tail.
    private void RefuseDamage(long offset, long length)
    {
        Span<byte> pattern = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(pattern, mark);
        long at = offset + 1;
        while (at < length)
        {
            int size = (int)Math.Min(_buffer.Length, length - at);
            if (!At(at, size, out ReadOnlySpan<byte> window)) return;
            int found = window.IndexOf(pattern);
            if (found < 0)
            {
                at += Math.Max(1, size - pattern.Length + 1);
                continue;
            }

            at += found;
            if (TryFrame(at, length, out ReadOnlySpan<byte> content) && BinaryPrimitives.ReadInt64LittleEndian(content) > offset)
            {
                throw Damaged(offset);
            }

            at++;
        }
    }

    private bool At(long offset, int size, out ReadOnlySpan<byte> bytes)
    {
        if (offset < _start || offset + size > _start + _count)
        {
            if (_buffer.Length < size) _buffer = new byte[size];
            _start = offset;
            _count = device.Read(_buffer, offset);
        }

        bool isThere = offset + size <= _start + _count;
        bytes = isThere ? _buffer.AsSpan((int)(offset - _start), size) : default;
        return isThere;
    }
}
