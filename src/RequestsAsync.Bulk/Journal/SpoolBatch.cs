using System.Buffers.Binary;

namespace RequestsAsync.Bulk;

/// <summary>A frame of the spool: the last line that was read (0 leaves it as it was), how many requests follow, and they.</summary>
internal static class SpoolBatch
{
    internal const int HeadBytes = 12;

    internal static void WriteHead(ByteWriter writer, long lastLine, int count) => SetHead(writer.Reserve(HeadBytes), lastLine, count);

    internal static void SetHead(Span<byte> head, long lastLine, int count)
    {
        BinaryPrimitives.WriteInt64LittleEndian(head, lastLine);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], count);
    }
}
