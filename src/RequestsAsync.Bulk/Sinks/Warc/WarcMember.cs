using System.Buffers.Binary;
using System.IO.Compression;

namespace RequestsAsync.Bulk;

/// <summary>
/// One record of a WARC file as a gzip member of its own (WARC 1.1, annex D), whose header tells how long it is: a reader can skip it, and after a crash the last
/// whole one is found without decompressing anything.
/// </summary>
internal static class WarcMember
{
    private const int GzipHeader = 10;
    private const byte ExtraFlag = 4; // RFC 1952 §2.3.1: FEXTRA
    private const int ExtraLength = 12;
    private const int AddedBytes = 2 + ExtraLength;

    /// <summary>Compresses a record.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> record)
    {
        using MemoryStream stream = new(record.Length / 2);
        stream.Write(stackalloc byte[AddedBytes]);
        using (GZipStream gzip = new(stream, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(record);

        // The runtime writes a header of ten bytes: the extra field comes behind it.
        byte[] member = stream.ToArray();
        member.AsSpan(AddedBytes, GzipHeader).CopyTo(member);
        member[3] |= ExtraFlag;
        Span<byte> extra = member.AsSpan(GzipHeader, AddedBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(extra, ExtraLength);
        "sl"u8.CopyTo(extra[2..]);
        BinaryPrimitives.WriteUInt16LittleEndian(extra[4..], 8);
        BinaryPrimitives.WriteUInt32LittleEndian(extra[6..], (uint)member.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(extra[10..], (uint)record.Length);
        return member;
    }

    /// <summary>Cuts what is left of a member that is not whole off the end of a file.</summary>
    public static void CutTornEnd(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        Span<byte> head = stackalloc byte[GzipHeader + AddedBytes];
        long end = 0;
        while (RandomAccess.Read(file.SafeFileHandle, head, end) == head.Length && head[0] == 0x1f && head[1] == 0x8b && head.Slice(GzipHeader + 2, 2).SequenceEqual("sl"u8))
        {
            long next = end + BinaryPrimitives.ReadUInt32LittleEndian(head[(GzipHeader + 6)..]);
            if (next > file.Length || next <= end) break;
            end = next;
        }

        if (end < file.Length) file.SetLength(end);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }
}
