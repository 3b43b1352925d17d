using System.Globalization;
using System.Text;

namespace RequestsAsync.Testing;

/// <summary>Pages that link to each other, for a crawler.</summary>
internal static class LinkEndpoints
{
    private const int MaxLinks = 200;

    internal static void Map(BinRoutes routes)
    {
        routes.Get("/links/{n}", static call => RedirectEndpoints.FoundAsync(call, PathTo(call, call.Count("n"), 0)));
        routes.Get("/links/{n}/{offset}", static call =>
        {
            int count = Math.Max(1, call.Count("n", MaxLinks)), offset = call.Count("offset");
            var html = new StringBuilder("<html><head><title>Links</title></head><body>");
            for (int i = 0; i < count; i++)
            {
                if (i == offset) html.Append(CultureInfo.InvariantCulture, $"{i} ");
                else html.Append(CultureInfo.InvariantCulture, $"<a href='{PathTo(call, count, i)}'>{i}</a> ");
            }

            return call.HtmlAsync(html.Append("</body></html>").ToString());
        });
    }

    private static string PathTo(BinCall call, int count, int offset) =>
        call.PathTo(string.Create(CultureInfo.InvariantCulture, $"/links/{count}/{offset}"));
}
