using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>
/// <c>/reset/{when}</c>: an answer that breaks off. Over HTTP/2 the stream is reset with the error <c>code</c> of the query. Over HTTP/1.1 the
/// connection is reset before the head, and closed behind what was sent later on, as a reset would take that away from the client.
/// </summary>
internal static class ResetEndpoints
{
    private const int DefaultSize = 1000;
    private const int MaxSize = 10 * 1024 * 1024;

    internal static void Map(BinRoutes routes) => routes.Any("/reset/{when}", AnswerAsync);

    private static async Task AnswerAsync(BinCall call)
    {
        string when = call.Segment("when");
        int code = call.Bounded("code", BrokenAnswer.InternalError, int.MaxValue);
        int size = Math.Max(2, call.Bounded("size", DefaultSize, MaxSize));
        switch (when)
        {
            case "before-head":
                break;
            case "after-head":
                await call.StartAsync(StatusCodes.Status200OK, MediaTypeNames.Application.Octet, size).ConfigureAwait(false);
                break;
            case "mid-body":
                byte[] half = new byte[size / 2];
                Array.Fill(half, (byte)'*');
                await call.StartAsync(StatusCodes.Status200OK, MediaTypeNames.Application.Octet, size).ConfigureAwait(false);
                await BrokenAnswer.DeliverAsync(call, half).ConfigureAwait(false);
                break;
            default:
                throw new RejectedException(StatusCodes.Status404NotFound, "A reset comes before-head, after-head or mid-body.");
        }

        await BrokenAnswer.BreakAsync(call, code).ConfigureAwait(false);
    }
}
