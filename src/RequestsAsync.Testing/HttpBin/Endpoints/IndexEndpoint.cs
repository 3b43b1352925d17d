using System.Net;
using System.Text;

namespace RequestsAsync.Testing;

/// <summary>The front page: every endpoint there is, and a link to those that need no parameter.</summary>
internal static class IndexEndpoint
{
    internal static void Map(BinRoutes routes) => routes.Get("/", call =>
    {
        var html = new StringBuilder(
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>httpbin</title>
            <h1>httpbin</h1>
            <p>A server to try HTTP clients on.</p>
            <ul>

            """);
        foreach (string pattern in routes.Patterns)
        {
            string text = WebUtility.HtmlEncode(pattern.Replace("**", "", StringComparison.Ordinal));
            bool isPlain = !pattern.Contains('{', StringComparison.Ordinal);
            html.Append("<li>").Append(isPlain ? $"<a href=\".{text}\">{text}</a>" : text).Append('\n');
        }

        return call.HtmlAsync(html.Append("</ul>\n").ToString());
    });
}
