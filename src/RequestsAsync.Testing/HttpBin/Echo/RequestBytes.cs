using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RequestsAsync.Testing;

/// <summary>Reads a request's body whole, for an endpoint that has to show or to hash it.</summary>
internal static class RequestBytes
{
    // An answer that shows the body has to fit one JSON string.
    private const int Limit = 100 * 1024 * 1024;

    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(BinCall call)
    {
        if (call.Http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return default;
        if (call.Request.ContentLength > Limit) throw TooLarge();
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            int read = await call.Request.Body.ReadAsync(buffer.GetMemory(4096), call.Aborted).ConfigureAwait(false);
            if (read == 0) return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > Limit) throw TooLarge();
        }
    }

    private static RejectedException TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, "An answer can show a body of 100 MiB at most.");
}
