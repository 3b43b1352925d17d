using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>
/// <c>/sse</c>: numbered server-sent events (HTML §9.2). A client that comes back with <c>Last-Event-ID</c> gets what follows, and a 204,
/// which tells it to stay away, when there is nothing left.
/// </summary>
internal static class ServerSentEvents
{
    private const int MaxEvents = 100_000;

    internal static void Map(BinRoutes routes) => routes.Get("/sse", AnswerAsync);

    private static async Task AnswerAsync(BinCall call)
    {
        int count = call.Bounded("count", 10, MaxEvents);
        int perAnswer = call.Bounded("break", count, MaxEvents);
        TimeSpan interval = call.Seconds("interval", 1);
        bool hasIds = call.Flag("ids", defaultValue: true);
        string name = call.Args.First("event") is { } type ? $"event: {OneLine(type)}\n" : "";
        string retry = call.Args.First("retry") is null ? "" : $"retry: {Text(call.Bounded("retry", 0, int.MaxValue))}\n\n";

        int first = FirstOf(call);
        call.Response.Headers.CacheControl = "no-store";
        if (first > count && first > 1)
        {
            await call.SendAsync(StatusCodes.Status204NoContent, contentType: null, default).ConfigureAwait(false);
            return;
        }

        await call.StartAsync(StatusCodes.Status200OK, "text/event-stream").ConfigureAwait(false);
        if (retry.Length > 0 && !await call.WriteAsync(Encoding.UTF8.GetBytes(retry)).ConfigureAwait(false)) return;
        int last = (int)Math.Min(count, (long)first + perAnswer - 1);
        for (int i = first; i <= last; i++)
        {
            if (i > first) await call.DelayAsync(interval).ConfigureAwait(false);
            string id = hasIds ? $"id: {Text(i)}\n" : "";
            if (!await call.WriteAsync(Encoding.UTF8.GetBytes($"{id}{name}data: {{\"id\": {Text(i)}}}\n\n")).ConfigureAwait(false)) return;
        }
    }

    // An identifier that this server did not give begins anew.
    private static int FirstOf(BinCall call) =>
        int.TryParse(call.Request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int seen)
            ? seen == int.MaxValue ? seen : seen + 1
            : 1;

    private static string OneLine(string text) =>
        text.AsSpan().ContainsAny('\r', '\n') ? throw new RejectedException("The name of an event is one line.") : text;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
