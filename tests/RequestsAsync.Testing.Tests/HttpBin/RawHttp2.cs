using System.Buffers.Binary;
using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>As much of HTTP/2 as it takes to send a GET and to see the frames that come back.</summary>
internal static class RawHttp2
{
    internal const byte Data = 0, Headers = 1, Reset = 3;

    internal static Task BeginAsync(RawConnection connection) =>
        connection.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), Frame(4, flags: 0, stream: 0, []));

    internal static Task GetAsync(RawConnection connection, int stream, string path)
    {
        byte[] target = Encoding.ASCII.GetBytes(path);

        // :method GET, :scheme http, :path and :authority (RFC 7541, appendix A).
        byte[] block = [0x82, 0x86, 0x04, (byte)target.Length, .. target, 0x01, 1, (byte)'a'];
        return connection.SendAsync(Frame(Headers, flags: 5, stream, block));
    }

    /// <summary>The next frame of a stream.</summary>
    internal static async Task<(byte Type, byte Flags, byte[] Payload)> NextAsync(RawConnection connection, int stream)
    {
        while (true)
        {
            byte[] head = await connection.ReadAsync(9);
            byte[] payload = await connection.ReadAsync((head[0] << 16) | (head[1] << 8) | head[2]);
            if (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) == stream) return (head[3], head[4], payload);
        }
    }

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload) =>
        [0, (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, (byte)stream, .. payload];
}
