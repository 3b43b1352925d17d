using System.Buffers.Binary;
using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. What it reads was checked by a checksum before: an end in the middle is a defect, and an exception.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal readonly bool IsAtEnd => _rest.IsEmpty;

    internal readonly int Remaining => _rest.Length;

    internal byte Byte() => Take(1)[0];

    internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    internal long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    internal UInt128 UInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    internal long Number()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)value;
        }
    }

    internal ReadOnlySpan<byte> Bytes() => Take((int)Number());

    internal string Text() => Encoding.UTF8.GetString(Bytes());

    internal string? OptionalText() => Byte() == 0 ? null : Text();

    internal ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
