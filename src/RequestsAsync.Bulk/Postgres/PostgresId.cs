using System.Buffers.Binary;

namespace RequestsAsync.Bulk;

/// <summary>Ids of requests as <c>uuid</c>s, which have the same 32 digits.</summary>
internal static class PostgresId
{
    public static Guid Write(RequestId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id.Value);
        return new(bytes, bigEndian: true);
    }

    public static RequestId Read(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return new(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }
}
