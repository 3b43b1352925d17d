using System.Net.Mime;
using System.Text.Json;

namespace RequestsAsync.Testing;

/// <summary>Small pictures, made on the spot; <c>/image</c> chooses by what the client accepts.</summary>
internal static class ImageEndpoints
{
    private const string Webp = "image/webp";

    private static readonly byte[] WebpPicture = WebpImage.Encode(16, 0x2E, 0x8B, 0x57);
    private static readonly byte[] JpegPicture = JpegImage.Grey();
    private static readonly byte[] PngPicture = PngImage.Encode(32, 32, static (x, y) => ((byte)(x * 8), (byte)(y * 8), 0x80));

    internal static void Map(BinRoutes routes)
    {
        routes.Get("/image", ByAcceptAsync);
        routes.Get("/image/png", PngAsync);
        routes.Get("/image/jpeg", JpegAsync);
        routes.Get("/image/webp", WebpAsync);
        routes.Get("/image/svg", SvgAsync);
    }

    internal static void WriteAcceptable(Utf8JsonWriter json)
    {
        json.WriteString("message", "Client did not request a supported media type.");
        Fields.WriteValues(json, "accept", [Webp, MediaTypeNames.Image.Svg, MediaTypeNames.Image.Jpeg, MediaTypeNames.Image.Png, "image/*"]);
    }

    private static Task ByAcceptAsync(BinCall call)
    {
        if (call.Request.Headers.Accept.Count == 0) return PngAsync(call);
        string accept = call.Request.Headers.Accept.ToString();
        bool Accepts(string type) => accept.Contains(type, StringComparison.OrdinalIgnoreCase);
        if (Accepts(Webp)) return WebpAsync(call);
        if (Accepts(MediaTypeNames.Image.Svg)) return SvgAsync(call);
        if (Accepts(MediaTypeNames.Image.Jpeg)) return JpegAsync(call);
        return Accepts(MediaTypeNames.Image.Png) || Accepts("image/*") ? PngAsync(call) : StatusEndpoints.AnswerAsync(call, 406);
    }

    private static Task PngAsync(BinCall call) => call.SendAsync(200, MediaTypeNames.Image.Png, PngPicture);

    private static Task JpegAsync(BinCall call) => call.SendAsync(200, MediaTypeNames.Image.Jpeg, JpegPicture);

    private static Task WebpAsync(BinCall call) => call.SendAsync(200, Webp, WebpPicture);

    private static Task SvgAsync(BinCall call) => call.SendAsync(
        200,
        MediaTypeNames.Image.Svg,
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">
          <circle cx="16" cy="16" r="14" fill="#2e8b57"/>
          <path d="M8 16h12m-5-5 5 5-5 5" fill="none" stroke="#fff" stroke-width="3"/>
        </svg>

        """u8.ToArray());
}
