using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace RequestsAsync.Testing;

/// <summary>Validators and freshness (RFC 9110 §13, RFC 9111), and headers of the client's choice.</summary>
/// <remarks>httpbin sends its entity tags without quotation marks, which RFC 9110 §8.8.3 does not allow; clients meet that, so it stays.</remarks>
internal static class CacheEndpoints
{
    internal static void Map(BinRoutes routes)
    {
        routes.Get("/cache", CacheAsync);
        routes.Get("/cache/{seconds}", static call =>
        {
            call.Response.Headers.CacheControl = $"public, max-age={call.Count("seconds").ToString(CultureInfo.InvariantCulture)}";
            return EchoAsync(call);
        });
        routes.Get("/etag/{etag}", EntityTagAsync);
        routes.Map("/response-headers", ["GET", "POST"], ResponseHeadersAsync);
    }

    private static Task CacheAsync(BinCall call)
    {
        if (call.Request.Headers.IfModifiedSince.Count > 0 || call.Request.Headers.IfNoneMatch.Count > 0)
            return StatusEndpoints.AnswerAsync(call, 304);
        call.Response.Headers.LastModified = call.Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        call.Response.Headers.ETag = Guid.NewGuid().ToString("N");
        return EchoAsync(call);
    }

    private static Task EntityTagAsync(BinCall call)
    {
        string tag = call.Segment("etag");
        string[] noneMatch = Tags(call.Request.Headers.IfNoneMatch), match = Tags(call.Request.Headers.IfMatch);
        if (noneMatch.Length == 0 && match.Length > 0 && !Matches(match, tag)) return StatusEndpoints.AnswerAsync(call, 412);
        call.AppendHeader(HeaderNames.ETag, tag);
        return Matches(noneMatch, tag) ? StatusEndpoints.AnswerAsync(call, 304) : EchoAsync(call);
    }

    private static bool Matches(string[] tags, string tag) =>
        tags.Contains(tag, StringComparer.Ordinal) || tags.Contains("*", StringComparer.Ordinal);

    // With quotation marks or without, strong or weak.
    private static string[] Tags(string? header) =>
    [
        .. (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static tag => (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Trim('"')),
    ];

    private static Task EchoAsync(BinCall call) =>
        call.JsonAsync(json => EchoJson.WriteRequest(json, call, EchoBody.None, EchoParts.Get));

    private static Task ResponseHeadersAsync(BinCall call)
    {
        call.Response.ContentType = MediaTypeNames.Application.Json;
        foreach (var (name, value) in call.Args.Items)
        {
            // These two say where the answer ends.
            if (name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)
                || name.Equals(HeaderNames.TransferEncoding, StringComparison.OrdinalIgnoreCase))
                throw new RejectedException($"{name} is for the server to say.");
            call.AppendHeader(name, value);
        }

        // The answer shows its own length, so one digit more may lengthen it.
        ReadOnlyMemory<byte> body = default;
        for (int length = -1; length != body.Length;)
        {
            length = body.Length;
            body = EchoJson.Document(json => WriteHeaders(json, call, length));
        }

        return call.SendAsync(200, MediaTypeNames.Application.Json, body);
    }

    private static void WriteHeaders(Utf8JsonWriter json, BinCall call, int length)
    {
        json.WriteString(HeaderNames.ContentLength, length.ToString(CultureInfo.InvariantCulture));
        Fields.WriteValues(json, HeaderNames.ContentType, call.Response.Headers.ContentType.ToArray());
        var chosen = call.Args.Items.GroupBy(static item => item.Name, static item => item.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var values in chosen.OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            if (!values.Key.Equals(HeaderNames.ContentType, StringComparison.OrdinalIgnoreCase))
                Fields.WriteValues(json, values.Key, [.. values]);
        }
    }
}
