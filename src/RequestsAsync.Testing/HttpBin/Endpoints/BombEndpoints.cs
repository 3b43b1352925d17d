using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>
/// <c>/bomb/{kind}</c>: little to send and much to decode, zeros in a content coding. It is made while it is sent, and takes no memory here.
/// </summary>
internal static class BombEndpoints
{
    private const int DefaultSize = 10 * 1024 * 1024;
    private const int MaxSize = 1024 * 1024 * 1024;
    private const int MaxLayers = 5;

    private static readonly byte[] Zeros = new byte[64 * 1024];

    internal static void Map(BinRoutes routes) => routes.Get("/bomb/{kind}", static call => call.Segment("kind") switch
    {
        "gzip" => SendAsync(call, "gzip", layers: 1, Gzip),
        "br" => SendAsync(call, "br", layers: 1, Brotli),
        "deflate" => SendAsync(call, "deflate", layers: 1, Zlib),
        "nested" => SendAsync(call, "gzip", Math.Clamp((int)call.Integer("layers", 2), 2, MaxLayers), Gzip),
        _ => throw new RejectedException(StatusCodes.Status404NotFound, "Such a bomb there is not: gzip, br, deflate or nested."),
    });

    private static Stream Gzip(Stream output) => new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);

    private static Stream Brotli(Stream output) => new BrotliStream(output, CompressionLevel.Optimal, leaveOpen: true);

    private static Stream Zlib(Stream output) => new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true);

    private static async Task SendAsync(BinCall call, string coding, int layers, Func<Stream, Stream> compress)
    {
        int size = call.Bounded("size", DefaultSize, MaxSize);
        call.Response.Headers.ContentEncoding = string.Join(", ", Enumerable.Repeat(coding, layers));
        await call.StartAsync(StatusCodes.Status200OK, MediaTypeNames.Application.Octet).ConfigureAwait(false);
        if (!HttpMethods.IsHead(call.Request.Method)) await WriteAsync(call.Response.Body, size, layers, compress, call.Aborted).ConfigureAwait(false);
    }

    private static async Task WriteAsync(Stream output, int size, int layers, Func<Stream, Stream> compress, CancellationToken cancellationToken)
    {
        if (layers > 0)
        {
            Stream layer = compress(output);
            await using (layer.ConfigureAwait(false))
                await WriteAsync(layer, size, layers - 1, compress, cancellationToken).ConfigureAwait(false);
            return;
        }

        for (int left = size; left > 0; left -= Zeros.Length)
            await output.WriteAsync(Zeros.AsMemory(0, Math.Min(left, Zeros.Length)), cancellationToken).ConfigureAwait(false);
    }
}
