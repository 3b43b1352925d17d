using System.Globalization;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RequestsAsync.Testing;

/// <summary>
/// <c>/trailers</c>: fields behind the body (RFC 9110 §6.5), those of the query or else a hash of the body. They are announced in
/// <c>Trailer</c>.
/// </summary>
internal static class TrailerEndpoints
{
    // RFC 9110 §6.5.1: what frames, routes, authenticates or describes a message is no trailer.
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.TransferEncoding, HeaderNames.ContentLength, HeaderNames.Host, HeaderNames.Trailer, HeaderNames.Connection, HeaderNames.TE,
        HeaderNames.Upgrade, HeaderNames.KeepAlive, HeaderNames.ContentEncoding, HeaderNames.ContentType, HeaderNames.ContentRange, HeaderNames.SetCookie,
        HeaderNames.Authorization, HeaderNames.WWWAuthenticate, HeaderNames.CacheControl, HeaderNames.Location,
    };

    internal static void Map(BinRoutes routes) => routes.Get("/trailers", AnswerAsync);

    private static async Task AnswerAsync(BinCall call)
    {
        ReadOnlyMemory<byte> body = EchoJson.Document(json => EchoJson.WriteRequest(json, call, EchoBody.None, EchoParts.Get));
        IReadOnlyList<(string Name, string Value)> trailers = call.Args.Items.Count > 0
            ? call.Args.Items
            : [("X-Content-SHA256", Convert.ToHexStringLower(SHA256.HashData(body.Span)))];
        foreach ((string name, string value) in trailers)
        {
            if (!HeaderRules.IsToken(name) || !HeaderSyntax.IsValue(value) || Forbidden.Contains(name))
                throw new RejectedException($"Not a trailer: {name}");
        }

        // HTTP/1.0 has no place for them, and Kestrel sends none in HTTP/1.1.
        if (!call.Response.SupportsTrailers() && HttpProtocol.IsHttp11(call.Request.Protocol))
        {
            await ChunkedAsync(call, body, trailers).ConfigureAwait(false);
            return;
        }

        bool canTrail = call.Response.SupportsTrailers();
        if (canTrail)
        {
            foreach (string name in NamesOf(trailers)) call.Response.DeclareTrailer(name);
        }

        await call.StartAsync(StatusCodes.Status200OK, MediaTypeNames.Application.Json).ConfigureAwait(false);
        if (!await call.WriteAsync(body).ConfigureAwait(false) || !canTrail) return;
        foreach (var values in trailers.GroupBy(static trailer => trailer.Name, static trailer => trailer.Value, StringComparer.OrdinalIgnoreCase))
            call.Response.AppendTrailer(values.Key, values.ToArray());
    }

    // An answer that says it is chunked is left to do so itself (RFC 9112 §7.1).
    private static async Task ChunkedAsync(BinCall call, ReadOnlyMemory<byte> body, IReadOnlyList<(string Name, string Value)> trailers)
    {
        call.Response.Headers.TransferEncoding = "chunked";
        call.Response.Headers.Trailer = string.Join(", ", NamesOf(trailers));
        var coded = new StringBuilder();
        foreach ((string name, string value) in trailers) coded.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        byte[] first = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{body.Length:x}\r\n"));
        byte[] last = Encoding.UTF8.GetBytes($"\r\n0\r\n{coded}\r\n");
        await call.StartAsync(StatusCodes.Status200OK, MediaTypeNames.Application.Json).ConfigureAwait(false);
        await call.WriteAsync((byte[])[.. first, .. body.Span, .. last]).ConfigureAwait(false);
    }

    private static IEnumerable<string> NamesOf(IReadOnlyList<(string Name, string Value)> trailers) =>
        trailers.Select(static trailer => trailer.Name).Distinct(StringComparer.OrdinalIgnoreCase);
}
