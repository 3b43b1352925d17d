using System.IO.Compression;
using System.Net.Mime;

namespace RequestsAsync.Testing;

/// <summary>Answers in a content coding, whether the client accepts it or not (RFC 9110 §8.4.1).</summary>
internal static class CompressionEndpoints
{
    internal static void Map(BinRoutes routes)
    {
        routes.Get("/gzip", static call =>
            AnswerAsync(call, "gzip", "gzipped", static stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
        // RFC 9110 §8.4.1.2: "deflate" is the zlib format, not the bare one that some servers send.
        routes.Get("/deflate", static call =>
            AnswerAsync(call, "deflate", "deflated", static stream => new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
        routes.Get("/brotli", static call =>
            AnswerAsync(call, "br", "brotli", static stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
    }

    private static async Task AnswerAsync(BinCall call, string coding, string member, Func<Stream, Stream> compress)
    {
        ReadOnlyMemory<byte> body = EchoJson.Document(json =>
        {
            json.WriteBoolean(member, true);
            EchoJson.WriteRequest(json, call, EchoBody.None, EchoParts.Headers | EchoParts.Method | EchoParts.Origin);
        });
        using var compressed = new MemoryStream();
        Stream compressor = compress(compressed);
        await using (compressor.ConfigureAwait(false))
            await compressor.WriteAsync(body, call.Aborted).ConfigureAwait(false);

        call.Response.Headers.ContentEncoding = coding;
        await call.SendAsync(200, MediaTypeNames.Application.Json, compressed.ToArray()).ConfigureAwait(false);
    }
}
