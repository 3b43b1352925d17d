using Microsoft.AspNetCore.WebUtilities;

namespace RequestsAsync.Testing;

/// <summary>The small HTML page of a 404 or a 405.</summary>
internal static class ErrorPage
{
    internal static Task SendAsync(BinCall call, int status)
    {
        string reason = ReasonPhrases.GetReasonPhrase(status);
        return call.HtmlAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <title>{status} {reason}</title>
            <h1>{reason}</h1>
            <p>There is nothing here to answer this method and address. The index page lists what there is.</p>

            """,
            status);
    }
}
