using System.Net.Mime;
using System.Text;

namespace RequestsAsync.Testing;

/// <summary>Fixed documents of the usual formats.</summary>
internal static class FormatEndpoints
{
    internal static void Map(BinRoutes routes)
    {
        routes.Get("/html", static call => call.HtmlAsync(SampleText.Html));
        routes.Get("/forms/post", static call => call.HtmlAsync(SampleText.OrderForm(call.PathTo("/post"))));
        routes.Get("/encoding/utf8", static call => call.HtmlAsync(SampleText.ManyScripts));
        routes.Get("/xml", static call => call.SendAsync(200, MediaTypeNames.Application.Xml, Encoding.UTF8.GetBytes(SampleText.Xml)));
        routes.Get("/json", static call => call.SendAsync(200, MediaTypeNames.Application.Json, Encoding.UTF8.GetBytes(SampleText.Json)));
        routes.Get("/robots.txt", static call => call.SendAsync(200, MediaTypeNames.Text.Plain, Encoding.UTF8.GetBytes(SampleText.Robots)));
        routes.Get("/deny", static call => call.SendAsync(200, MediaTypeNames.Text.Plain, Encoding.UTF8.GetBytes(SampleText.Denied)));
    }
}
