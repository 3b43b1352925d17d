using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>
/// <c>/rate-limited</c>: so many requests of a <c>key</c> in a <c>window</c> of seconds, and a 429 (RFC 6585 §4) for the rest. The fields are
/// those of draft-ietf-httpapi-ratelimit-headers.
/// </summary>
internal static class RateLimitedEndpoints
{
    private const int MaxLimit = 1_000_000;

    internal static void Map(BinRoutes routes)
    {
        var windows = new RateWindows(routes.Time);
        routes.Any("/rate-limited", call => AnswerAsync(call, windows));
    }

    private static Task AnswerAsync(BinCall call, RateWindows windows)
    {
        int limit = call.Bounded("limit", 5, MaxLimit);
        TimeSpan length = call.Seconds("window", 10);
        if (length <= TimeSpan.Zero) throw new RejectedException("window must be more than no seconds.");

        string key = string.Create(CultureInfo.InvariantCulture, $"{limit} {length.Ticks} {call.Args.First("key")}");
        RateWindow window = windows.Take(key, limit, length);
        string reset = WholeSeconds(window.Reset);
        call.Response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";q={limit};w={WholeSeconds(length)}");
        call.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";r={window.Remaining};t={reset}");
        if (!window.IsAllowed) call.Response.Headers.RetryAfter = reset;
        return call.JsonAsync(
            json =>
            {
                json.WriteBoolean("allowed", window.IsAllowed);
                json.WriteNumber("limit", limit);
                json.WriteNumber("remaining", window.Remaining);
            },
            window.IsAllowed ? StatusCodes.Status200OK : StatusCodes.Status429TooManyRequests);
    }

    // Up, so that a client that waits so long does not come too early.
    private static string WholeSeconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
