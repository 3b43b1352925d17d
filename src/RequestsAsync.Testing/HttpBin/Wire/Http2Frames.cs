using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace RequestsAsync.Testing;

/// <summary>As much of the frames of HTTP/2 (RFC 9113 §4.1, §6.2) as it takes to find a head among them and to make one.</summary>
internal static class Http2Frames
{
    private const int HeaderLength = 9;
    private const byte Data = 0x0;
    private const byte Headers = 0x1;
    private const byte Continuation = 0x9;
    private const byte EndHeaders = 0x4;

    // RFC 9113 §4.2: every receiver takes frames of that length.
    private const int MaxLength = 16_384;

    /// <summary>How much data of a stream there is in whole frames.</summary>
    internal static int DataLength(ReadOnlySpan<byte> frames, int streamId)
    {
        int sum = 0;
        while (frames.Length >= HeaderLength)
        {
            int length = LengthOf(frames);
            if (frames[3] == Data && StreamOf(frames) == streamId) sum += length;
            frames = frames[Math.Min(frames.Length, HeaderLength + length)..];
        }

        return sum;
    }

    /// <summary>Where the last frame of a stream's head ends, or -1 where the frames hold none.</summary>
    internal static int EndOfHead(ReadOnlySpan<byte> frames, int streamId)
    {
        int end = 0;
        while (frames.Length - end >= HeaderLength)
        {
            ReadOnlySpan<byte> frame = frames[end..];
            end += HeaderLength + LengthOf(frame);
            bool isOfHead = frame[3] is Headers or Continuation && StreamOf(frame) == streamId;
            if (isOfHead && (frame[4] & EndHeaders) != 0) return Math.Min(end, frames.Length);
        }

        return -1;
    }

    /// <summary>A HEADERS frame that ends neither the head's stream nor anything else: an interim answer.</summary>
    /// <remarks>
    /// Everything is a literal without indexing (RFC 7541 §6.2.2), so the table that Kestrel and the client share stays as it was.
    /// </remarks>
    /// <exception cref="RejectedException">The fields are too long for one frame.</exception>
    internal static byte[] InterimHead(int streamId, int status, IReadOnlyList<(string Name, string Value)> fields)
    {
        var block = new ArrayBufferWriter<byte>();
        WriteLiteral(block, ":status", $"{status}");
        foreach ((string name, string value) in fields) WriteLiteral(block, name.ToLowerInvariant(), value);
        if (block.WrittenCount > MaxLength) throw new RejectedException("The fields of an interim answer may take 16 KiB.");

        byte[] frame = new byte[HeaderLength + block.WrittenCount];
        frame[0] = (byte)(block.WrittenCount >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)block.WrittenCount);
        frame[3] = Headers;
        frame[4] = EndHeaders;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        block.WrittenSpan.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    private static int LengthOf(ReadOnlySpan<byte> frame) => (frame[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);

    private static int StreamOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32BigEndian(frame[5..]);

    private static void WriteLiteral(ArrayBufferWriter<byte> block, string name, string value)
    {
        block.Write((ReadOnlySpan<byte>)[0]);
        WriteString(block, name);
        WriteString(block, value);
    }

    // RFC 7541 §5.2, without the Huffman code; the length is an integer with a prefix of seven bits (§5.1).
    private static void WriteString(ArrayBufferWriter<byte> block, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int left = bytes.Length;
        if (left < 127)
        {
            block.Write((ReadOnlySpan<byte>)[(byte)left]);
        }
        else
        {
            block.Write((ReadOnlySpan<byte>)[127]);
            for (left -= 127; left >= 128; left >>= 7) block.Write((ReadOnlySpan<byte>)[(byte)((left & 127) | 128)]);
            block.Write((ReadOnlySpan<byte>)[(byte)left]);
        }

        block.Write(bytes);
    }
}
