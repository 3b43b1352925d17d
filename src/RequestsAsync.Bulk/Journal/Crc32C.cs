using System.Buffers.Binary;
using System.Numerics;

namespace RequestsAsync.Bulk;

/// <summary>CRC-32C (Castagnoli, RFC 9260 appendix A), by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
