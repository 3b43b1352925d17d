using System.Buffers.Binary;

namespace RequestsAsync.Bulk;

/// <summary>A request as the spool holds it: its length and checksum, so that it can be read alone, its number, and itself.</summary>
internal static class RequestCodec
{
    internal const int HeaderBytes = 8;

    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Method = 1,
        Headers = 2,
        Content = 4,
        Problem = 8,
        Meta = 16,
    }

    internal static void Write(ByteWriter writer, BulkRequest request, long number)
    {
        int start = writer.Length;
        writer.Reserve(HeaderBytes);
        Parts parts = (request.Method == "GET" ? Parts.None : Parts.Method) | (request.Headers.Count == 0 ? Parts.None : Parts.Headers)
            | (request.Content.IsEmpty ? Parts.None : Parts.Content) | (request.Problem is null ? Parts.None : Parts.Problem)
            | (request.Meta is null ? Parts.None : Parts.Meta);
        writer.UInt128(request.Id.Value);
        writer.Number(number);
        writer.Text(request.Host);
        writer.Number(request.Line);
        writer.Byte((byte)parts);
        writer.Text(request.Url);
        if (parts != Parts.None) WriteParts(writer, request, parts);

        Span<byte> record = writer.Slice(start);
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Crc32C.Of(record[HeaderBytes..]));
    }

    /// <summary>The number alone, of a record without its header.</summary>
    internal static long ReadNumber(ReadOnlySpan<byte> record)
    {
        ByteReader reader = new(record[16..]);
        return reader.Number();
    }

    /// <summary>What is needed to put a request into its queue.</summary>
    internal static void ReadHead(ReadOnlySpan<byte> record, out RequestId id, out long number, out ReadOnlySpan<byte> host)
    {
        ByteReader reader = new(record);
        id = new(reader.UInt128());
        number = reader.Number();
        host = reader.Bytes();
    }

    /// <param name="record">The record without its header.</param>
    /// <param name="host">The host in whose queue it stands: most often its own, whose text is used again then.</param>
    internal static BulkRequest Read(ReadOnlySpan<byte> record, HostQueue host)
    {
        ByteReader reader = new(record);
        RequestId id = new(reader.UInt128());
        reader.Number();
        ReadOnlySpan<byte> ownHost = reader.Bytes();
        long line = reader.Number();
        Parts parts = (Parts)reader.Byte();
        string url = reader.Text();
        string hostName = host.IsNamed(ownHost) ? host.Name : System.Text.Encoding.UTF8.GetString(ownHost);
        if (parts == Parts.None) return new() { Id = id, Url = url, Host = hostName, Line = line };

        return new()
        {
            Id = id,
            Url = url,
            Host = hostName,
            Line = line,
            Method = parts.HasFlag(Parts.Method) ? reader.Text() : "GET",
            Headers = parts.HasFlag(Parts.Headers) ? ReadHeaders(ref reader) : [],
            Content = parts.HasFlag(Parts.Content) ? reader.Bytes().ToArray() : default,
            Problem = parts.HasFlag(Parts.Problem) ? reader.Text() : null,
            Meta = parts.HasFlag(Parts.Meta) ? reader.Text() : null,
        };
    }

    private static void WriteParts(ByteWriter writer, BulkRequest request, Parts parts)
    {
        if (parts.HasFlag(Parts.Method)) writer.Text(request.Method);
        if (parts.HasFlag(Parts.Headers))
        {
            writer.Number(request.Headers.Count);
            foreach (KeyValuePair<string, string> header in request.Headers)
            {
                writer.Text(header.Key);
                writer.Text(header.Value);
            }
        }

        if (parts.HasFlag(Parts.Content)) writer.Bytes(request.Content.Span);
        if (parts.HasFlag(Parts.Problem)) writer.Text(request.Problem!);
        if (parts.HasFlag(Parts.Meta)) writer.Text(request.Meta!);
    }

    private static KeyValuePair<string, string>[] ReadHeaders(ref ByteReader reader)
    {
        var headers = new KeyValuePair<string, string>[reader.Number()];
        for (int i = 0; i < headers.Length; i++) headers[i] = new(reader.Text(), reader.Text());
        return headers;
    }
}
