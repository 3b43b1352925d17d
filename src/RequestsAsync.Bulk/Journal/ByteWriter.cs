using System.Buffers.Binary;
using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>Bytes that are put together before they are written: it grows, and is used again.</summary>
internal sealed class ByteWriter
{
    private const int KeptBytes = 4 << 20;
    private byte[] _bytes = new byte[64 << 10];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal Span<byte> Slice(int start) => _bytes.AsSpan(start, Length - start);

    internal void Truncate(int length) => Length = length;

    /// <summary>Empties it; what one large batch needed is not kept for ever.</summary>
    internal void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptBytes) _bytes = new byte[64 << 10];
    }

    internal Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count) Array.Resize(ref _bytes, Math.Max(checked(Length + count), (int)Math.Min(Array.MaxLength, _bytes.Length * 2L)));
        Span<byte> span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    internal void Byte(byte value) => Reserve(1)[0] = value;

    internal void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);

    internal void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), value);

    internal void UInt128(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Reserve(16), value);

    /// <summary>A number that is not negative, seven bits a byte, the low ones first.</summary>
    internal void Number(long value)
    {
        ulong rest = (ulong)value;
        Span<byte> span = Reserve(10);
        int count = 0;
        while (rest >= 0x80)
        {
            span[count++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[count++] = (byte)rest;
        Length -= 10 - count;
    }

    internal void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    internal void Text(string text)
    {
        Number(Encoding.UTF8.GetByteCount(text));
        int start = Length;
        Length = start + Encoding.UTF8.GetBytes(text, ReserveFor(text));

        Span<byte> ReserveFor(string value) => Reserve(Encoding.UTF8.GetMaxByteCount(value.Length));
    }

    /// <summary>A text or none.</summary>
    internal void OptionalText(string? text)
    {
        Byte(text is null ? (byte)0 : (byte)1);
        if (text is not null) Text(text);
    }
}
