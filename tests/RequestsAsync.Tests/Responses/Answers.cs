using System.Globalization;
using System.Text;

namespace RequestsAsync.Tests;

/// <summary>Answers as bytes on the wire, for a <see cref="FaultyServer"/>.</summary>
internal static class Answers
{
    /// <summary>A whole answer with a length.</summary>
    public static byte[] Whole(string type, byte[] body, string fields = "") =>
        [.. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n{fields}Content-Length: {body.Length}\r\n\r\n"), .. body];

    /// <summary>A whole answer, every byte of its body in a chunk of its own.</summary>
    public static byte[] ByteByByte(string type, byte[] body, string fields = "", string trailers = "") =>
    [
        .. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n{fields}Transfer-Encoding: chunked\r\n\r\n"),
        .. body.SelectMany(octet => new[] { (byte)'1', (byte)'\r', (byte)'\n', octet, (byte)'\r', (byte)'\n' }),
        .. Encoding.Latin1.GetBytes($"0\r\n{trailers}\r\n"),
    ];

    /// <summary>One chunk of a chunked body.</summary>
    public static byte[] Chunk(byte[] data) =>
        [.. Encoding.ASCII.GetBytes(data.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. data, (byte)'\r', (byte)'\n'];

    /// <summary>Answers every request of a connection with the same bytes.</summary>
    public static FaultyServer Server(byte[] answer) => FaultyServer.Start(script => script.ReadHead().Write(answer).Repeat());
}
