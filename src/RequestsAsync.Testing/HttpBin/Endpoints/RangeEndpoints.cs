using System.Globalization;
using System.Net.Mime;

namespace RequestsAsync.Testing;

/// <summary><c>/range/{n}</c>: the alphabet over and over, whole or in part (RFC 9110 §14).</summary>
internal static class RangeEndpoints
{
    private const int MaxLength = 100 * 1024;

    internal static void Map(BinRoutes routes) => routes.Get("/range/{n}", AnswerAsync);

    private static async Task AnswerAsync(BinCall call)
    {
        int length = call.Count("n");
        call.Response.Headers.ETag = $"range{length.ToString(CultureInfo.InvariantCulture)}";
        call.Response.Headers.AcceptRanges = "bytes";
        if (length is 0 or > MaxLength)
        {
            await call.TextAsync("number of bytes must be in the range (0, 102400]", 404).ConfigureAwait(false);
            return;
        }

        int chunk = DataEndpoints.ChunkSize(call);
        TimeSpan duration = call.Seconds("duration", 0);
        (long first, long last) = Parse(call.Request.Headers.Range, length);
        if (first > last || first < 0 || last >= length)
        {
            call.Response.Headers.ContentRange = $"bytes */{length.ToString(CultureInfo.InvariantCulture)}";
            await call.SendAsync(416, "text/plain; charset=utf-8", default).ConfigureAwait(false);
            return;
        }

        byte[] body = new byte[last + 1 - first];
        for (int i = 0; i < body.Length; i++) body[i] = (byte)('a' + ((first + i) % 26));
        bool isWhole = body.Length == length;

        // httpbin says where the bytes lie even when it sends all of them.
        call.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{last}/{length}");
        await call.StartAsync(isWhole ? 200 : 206, MediaTypeNames.Application.Octet, body.Length).ConfigureAwait(false);
        await PacedBody.WriteAsync(call, body, chunk, duration * ((double)body.Length / length), waitsFirst: true).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads one range as httpbin does: what it cannot read (another unit, several ranges) asks for everything, and an end behind the
    /// data is not satisfiable, though RFC 9110 §14.1.2 would cut it off.
    /// </summary>
    internal static (long First, long Last) Parse(string? header, int length)
    {
        long? first = null, last = null;
        if (header is not null && header.AsSpan().Trim().StartsWith("bytes", StringComparison.Ordinal) && header.Split('=') is [_, var range])
        {
            string[] ends = range.Split('-');
            first = Position(ends[0]);
            last = ends.Length > 1 ? Position(ends[1]) : null;
        }

        return (first, last) switch
        {
            (null, null) => (0, length - 1),
            (null, long suffix) => (Math.Max(0, length - suffix), length - 1),
            (long from, null) => (from, length - 1),
            (long from, long to) => (from, to),
        };
    }

    private static long? Position(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int position)
            ? position
            : null;
}
