using System.Globalization;
using System.Net;

namespace RequestsAsync.Testing;

/// <summary>Chains of redirects, and a redirect to anywhere.</summary>
internal static class RedirectEndpoints
{
    internal static void Map(BinRoutes routes)
    {
        routes.Get("/redirect/{n}", static call => call.Args.First("absolute") is { } absolute
            && absolute.Equals("true", StringComparison.OrdinalIgnoreCase)
                ? AbsoluteAsync(call)
                : FoundAsync(call, Next(call, "/relative-redirect/")));
        routes.Get("/relative-redirect/{n}", static call =>
        {
            call.Response.Headers.Location = Next(call, "/relative-redirect/");
            return call.SendAsync(302);
        });
        routes.Get("/absolute-redirect/{n}", AbsoluteAsync);
        routes.Any("/redirect-to", RedirectToAsync);
    }

    /// <summary>A 302 whose page says where to go.</summary>
    internal static Task FoundAsync(BinCall call, string location)
    {
        call.Response.Headers.Location = location;
        string link = WebUtility.HtmlEncode(location);
        return call.HtmlAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <title>Redirecting</title>
            <h1>Redirecting</h1>
            <p>This way: <a href="{link}">{link}</a>

            """,
            302);
    }

    private static Task AbsoluteAsync(BinCall call) => FoundAsync(call, call.Authority + Next(call, "/absolute-redirect/"));

    // The chain ends at /get.
    private static string Next(BinCall call, string endpoint) => call.Count("n") switch
    {
        0 => throw new RejectedException("A chain has one redirect at least."),
        1 => call.PathTo("/get"),
        int n => call.PathTo(endpoint + (n - 1).ToString(CultureInfo.InvariantCulture)),
    };

    private static Task RedirectToAsync(BinCall call)
    {
        string url = call.Args.First("url") ?? throw new RejectedException("Where to? The query needs a url.");
        long status = call.Integer("status_code", 302);
        call.AppendHeader("Location", url);
        return call.SendAsync(status is >= 300 and < 400 ? (int)status : 302);
    }
}
