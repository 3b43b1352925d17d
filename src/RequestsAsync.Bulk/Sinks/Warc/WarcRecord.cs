using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>Writes records by WARC 1.1 (ISO 28500:2017).</summary>
internal static class WarcRecord
{
    // They speak of the transfer, and the content is stored as it was after it: whoever reads the record would undo it once more.
    private static readonly HashSet<string> OfTransfer = new(["Content-Encoding", "Transfer-Encoding", "Content-Length"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The first record of a file: who made it.</summary>
    public static byte[] Info(string fileName, string software, DateTimeOffset now)
    {
        byte[] block = Encoding.UTF8.GetBytes($"software: {software}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n");
        StringBuilder head = Begin("warcinfo", now).Append("WARC-Filename: ").Append(fileName).Append("\r\n");
        return End(head, "application/warc-fields", block);
    }

    /// <summary>A response.</summary>
    public static byte[] Response(BulkRecord record, ReadOnlySpan<byte> body)
    {
        ArrayBufferWriter<byte> block = new(body.Length + 1024);
        block.Write(Encoding.Latin1.GetBytes(MessageHead(record, body.Length)));
        block.Write(body);

        StringBuilder head = Begin("response", record.Started).Append("WARC-Target-URI: ").Append(PublicUrl.Of(record.FinalUrl ?? record.Request.Url)).Append("\r\n");
        if (record.Ip is { } ip) head.Append("WARC-IP-Address: ").Append(ip).Append("\r\n");
        if (record.IsCut) head.Append("WARC-Truncated: length\r\n");
        head.Append("WARC-Payload-Digest: ").Append(Digest(body)).Append("\r\n");
        return End(head, "application/http;msgtype=response", block.WrittenSpan);
    }

    private static StringBuilder Begin(string type, DateTimeOffset date) => new StringBuilder("WARC/1.1\r\nWARC-Type: ", 512)
        .Append(type)
        .Append(CultureInfo.InvariantCulture, $"\r\nWARC-Record-ID: <urn:uuid:{Guid.NewGuid()}>\r\n")
        .Append(CultureInfo.InvariantCulture, $"WARC-Date: {date.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}\r\n");

    private static byte[] End(StringBuilder head, string mediaType, ReadOnlySpan<byte> block)
    {
        head.Append("WARC-Block-Digest: ").Append(Digest(block)).Append("\r\nContent-Type: ").Append(mediaType);
        head.Append(CultureInfo.InvariantCulture, $"\r\nContent-Length: {block.Length}\r\n\r\n");
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. block, .. "\r\n\r\n"u8];
    }

    private static string MessageHead(BulkRecord record, int length)
    {
        StringBuilder head = new(512);
        head.Append(CultureInfo.InvariantCulture, $"HTTP/{record.HttpVersion ?? "1.1"} {record.Status} \r\n");
        foreach ((string name, string value) in record.Headers)
        {
            if (OfTransfer.Contains(name)) head.Append("X-Archive-Orig-");
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n\r\n").ToString();
    }

    [SuppressMessage("Security", "CA5350", Justification = "Readers of WARC know SHA-1 in base32; it finds damage and repetitions, and guards nothing.")]
    private static string Digest(ReadOnlySpan<byte> bytes) => "sha1:" + Base32(SHA1.HashData(bytes));

    // RFC 4648 §6; the twenty bytes of a SHA-1 need no padding.
    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length * 8 / 5);
        int bits = 0, count = 0;
        foreach (byte octet in bytes)
        {
            bits = (bits << 8) | octet;
            for (count += 8; count >= 5; count -= 5) text.Append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(bits >> (count - 5)) & 31]);
            bits &= (1 << count) - 1;
        }

        return text.ToString();
    }
}
