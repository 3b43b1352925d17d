using System.Globalization;
using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Takes the bytes of a request of HTTP/1.1 apart, as the transport has written them.</summary>
internal static class WireFormat
{
    /// <summary>The request's parts; a body in chunks is put together again.</summary>
    public static SentMessage Parse(byte[] bytes)
    {
        int end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        string[] lines = Encoding.UTF8.GetString(bytes, 0, end).Split("\r\n");
        List<KeyValuePair<string, string>> headers = [];
        bool isChunked = false;
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
            isChunked |= headers[^1] is ("Transfer-Encoding", "chunked");
        }

        ReadOnlySpan<byte> body = bytes.AsSpan(end + 4);
        return new(lines[0], headers, body.IsEmpty ? null : isChunked ? Join(body) : body.ToArray());
    }

    // RFC 9112 §7.1; this transport writes neither extensions nor trailers.
    private static byte[] Join(ReadOnlySpan<byte> chunks)
    {
        using MemoryStream joined = new();
        while (chunks.IndexOf("\r\n"u8) is > 0 and int line)
        {
            int length = int.Parse(chunks[..line], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            joined.Write(chunks.Slice(line + 2, length));
            chunks = chunks[(line + 2 + length + 2)..];
        }

        return joined.ToArray();
    }
}
