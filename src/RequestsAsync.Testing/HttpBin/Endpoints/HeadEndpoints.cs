using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace RequestsAsync.Testing;

/// <summary>What happens ahead of a body: <c>/early-hints</c> sends interim answers, and the head of <c>/slow-headers</c> takes its time.</summary>
internal static class HeadEndpoints
{
    private const int MaxHints = 100;

    private static readonly (string Name, string Value)[] Hints =
    [
        ("Link", "</style.css>; rel=preload; as=style"),
        ("Link", "</script.js>; rel=preload; as=script"),
    ];

    internal static void Map(BinRoutes routes)
    {
        routes.Any("/early-hints", EarlyHintsAsync);
        routes.Any("/slow-headers", SlowHeadersAsync);
    }

    // RFC 8297: any number of them, and then the answer, which has the fields again.
    private static async Task EarlyHintsAsync(BinCall call)
    {
        int count = call.Bounded("count", 1, MaxHints);
        TimeSpan delay = call.Seconds("delay", 0);
        (string Name, string Value)[] links = [.. call.Args.Items.Where(static item => item.Name == "link").Select(static item => ("Link", item.Value))];
        if (links.Length == 0) links = Hints;
        if (!Array.TrueForAll(links, static link => HeaderSyntax.IsValue(link.Value))) throw new RejectedException("A link is one line.");

        EchoBody body = await EchoBody.ReadAsync(call).ConfigureAwait(false);
        for (int i = 0; i < count; i++)
        {
            await InterimAnswer.SendEarlyHintsAsync(call, links).ConfigureAwait(false);
            await call.DelayAsync(delay).ConfigureAwait(false);
        }

        foreach ((string name, string value) in links) call.AppendHeader(name, value);
        await call.JsonAsync(json => EchoJson.WriteRequest(json, call, body, EchoParts.Anything)).ConfigureAwait(false);
    }

    private static async Task SlowHeadersAsync(BinCall call)
    {
        TimeSpan interval = call.Seconds("interval", 0.01);
        bool byLine = call.Args.First("by") switch
        {
            null or "byte" => false,
            "line" => true,
            _ => throw new RejectedException("The head comes by=byte or by=line."),
        };

        EchoBody body = await EchoBody.ReadAsync(call).ConfigureAwait(false);
        int? streamId = call.Http.Features.Get<IHttp2StreamIdFeature>()?.StreamId;
        call.Http.Features.Get<ConnectionOutput>()?.SlowDown(new SlowHead(streamId, byLine, interval, call.Time, call.LinkConnection()));
        await call.JsonAsync(json => EchoJson.WriteRequest(json, call, body, EchoParts.Anything)).ConfigureAwait(false);
    }
}
