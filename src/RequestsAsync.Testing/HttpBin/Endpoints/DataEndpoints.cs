using System.Buffers;
using System.Buffers.Text;
using System.Net.Mime;
using System.Text;
using System.Text.Unicode;

namespace RequestsAsync.Testing;

/// <summary>Made-up data: random bytes, lines of JSON, bytes that drip, an identifier.</summary>
internal static class DataEndpoints
{
    private const int MaxBytes = 100 * 1024;
    private const int MaxDrip = 10 * 1024 * 1024;
    private const int MaxLines = 100;
    private const int DefaultChunk = 10 * 1024;

    internal static void Map(BinRoutes routes)
    {
        routes.Get("/uuid", static call => call.JsonAsync(static json => json.WriteString("uuid", Guid.NewGuid())));
        routes.Get("/base64/{value}", static call => call.HtmlAsync(FromBase64(call.Segment("value"))));
        routes.Get("/bytes/{n}", static call => call.SendAsync(200, MediaTypeNames.Application.Octet, RandomBytes(call)));
        routes.Get("/stream-bytes/{n}", StreamBytesAsync);
        routes.Get("/stream/{n}", StreamLinesAsync);
        routes.Get("/drip", DripAsync);
    }

    /// <summary>The <c>chunk_size</c> of the query; one at least.</summary>
    internal static int ChunkSize(BinCall call) => (int)Math.Clamp(call.Integer("chunk_size", DefaultChunk), 1, MaxBytes);

    private static byte[] RandomBytes(BinCall call)
    {
        byte[] bytes = new byte[call.Count("n", MaxBytes)];
        if (call.Args.First("seed") is null) Random.Shared.NextBytes(bytes);
        else new Random(call.Integer("seed", 0).GetHashCode()).NextBytes(bytes);
        return bytes;
    }

    private static async Task StreamBytesAsync(BinCall call)
    {
        byte[] bytes = RandomBytes(call);
        int chunk = ChunkSize(call);
        await call.StartAsync(200, MediaTypeNames.Application.Octet).ConfigureAwait(false);
        for (int sent = 0; sent < bytes.Length; sent += chunk)
        {
            if (!await call.WriteAsync(bytes.AsMemory(sent, Math.Min(chunk, bytes.Length - sent))).ConfigureAwait(false)) return;
        }
    }

    private static async Task StreamLinesAsync(BinCall call)
    {
        int count = call.Count("n", MaxLines);
        await call.StartAsync(200, MediaTypeNames.Application.Json).ConfigureAwait(false);
        for (int i = 0; i < count; i++)
        {
            int id = i;
            ReadOnlyMemory<byte> line = EchoJson.Line(json =>
            {
                json.WriteNumber("id", id);
                EchoJson.WriteRequest(json, call, EchoBody.None, EchoParts.Get);
            });
            if (!await call.WriteAsync(line).ConfigureAwait(false)) return;
        }
    }

    private static async Task DripAsync(BinCall call)
    {
        TimeSpan duration = call.Seconds("duration", 2);
        TimeSpan delay = call.Seconds("delay", 0);
        long length = Math.Min(call.Integer("numbytes", 10), MaxDrip);
        int status = StatusEndpoints.Parse(call.Args.First("code") ?? "200");
        if (length <= 0) throw new RejectedException("number of bytes must be positive");

        await call.DelayAsync(delay).ConfigureAwait(false);
        byte[] body = new byte[length];
        Array.Fill(body, (byte)'*');
        await call.StartAsync(status, MediaTypeNames.Application.Octet, length).ConfigureAwait(false);
        await PacedBody.WriteAsync(call, body, pieceLength: 1, duration, waitsFirst: false).ConfigureAwait(false);
    }

    // Of either alphabet, with padding or without.
    private static string FromBase64(string value)
    {
        byte[] decoded = new byte[value.Length];
        OperationStatus status = Base64Url.DecodeFromChars(value.Replace('+', '-').Replace('/', '_'), decoded, out _, out int length);
        return status == OperationStatus.Done && Utf8.IsValid(decoded.AsSpan(0, length))
            ? Encoding.UTF8.GetString(decoded, 0, length)
            : throw new RejectedException("Not the Base64 of a text.");
    }
}
