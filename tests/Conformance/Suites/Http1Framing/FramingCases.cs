using System.Text.Json;
using RequestsAsync.Conformance.Suites;

namespace RequestsAsync.Conformance;

/// <summary>Reads the three kinds of case: each of them describes the same answers in words of its own.</summary>
internal static class FramingCases
{
    private const int LlhttpPaused = 21;
    private const int LlhttpUpgraded = 22;

    /// <summary>WPT, picohttpparser, httparse and CPython.</summary>
    public static FramingCase Mixed(JsonElement item)
    {
        JsonElement expect = item.GetProperty("expect");
        string? bodyRead = UrlData.Text(expect, "body_read");
        return Base(item) with
        {
            IsAccepted = !(expect.TryGetProperty("accept", out JsonElement accept) || expect.TryGetProperty("accept_headers", out accept)) || accept.GetBoolean(),
            MayBeRefused = item.TryGetProperty("rfc_note", out _),
            IsCutOff = bodyRead is not (null or "ok"),
            Status = Number(expect, "status"),
            Reason = UrlData.Text(expect, "reason"),
            Headers = Fields(expect, "headers"),
            Trailers = Fields(expect, "trailers"),
            Body = UrlData.Text(expect, "body"),
            BodyLength = Number(expect, "body_length"),
        };
    }

    /// <summary>Go's net/http.</summary>
    public static FramingCase Go(JsonElement item)
    {
        JsonElement expect = item.GetProperty("expect");
        return Base(item) with
        {
            IsAccepted = !expect.TryGetProperty("accept", out JsonElement accept) || accept.GetBoolean(),
            Status = Number(expect, "status"),
            Reason = UrlData.Text(expect, "status_line") is { } line ? line[Math.Min(3, line.Length)..].TrimStart() : null,
            Version = UrlData.Text(expect, "proto")?["HTTP/".Length..],
            Headers = Fields(expect, "headers"),
            Trailers = Fields(expect, "trailers"),
            Body = UrlData.Text(expect, "body"),
        };
    }

    /// <summary>llhttp, which is Node's: a parser fed with a stream, so that the end of the data is not the end of the connection.</summary>
    public static FramingCase Llhttp(JsonElement item)
    {
        FramingCase result = Base(item) with
        {
            Method = item.GetProperty("meta").TryGetProperty("skipBody", out JsonElement skip) && skip.GetBoolean() ? "HEAD" : "GET",
            Foreign = item.GetProperty("lenient_mode").ValueKind == JsonValueKind.Null ? null : "asks llhttp to be lax in one thing: this library has no such switches",
        };
        JsonElement expect = item.GetProperty("expect");
        int? error = expect.GetProperty("error") is { ValueKind: JsonValueKind.Object } described ? described.GetProperty("code").GetInt32() : null;
        bool isPaused = error is LlhttpPaused or LlhttpUpgraded;

        // Interim responses are no answers.
        JsonElement? final = expect.GetProperty("messages").EnumerateArray()
            .Where(message => Number(message, "status") is not (>= 100 and < 200 and not 101)).Select(message => (JsonElement?)message).FirstOrDefault();
        if (final is not { } answer || !result.Reply.IsHeadWhole) return result with { IsAccepted = false };
        if (error is not null && !isPaused) return result with { IsAccepted = false, HasSurplus = answer.GetProperty("complete").GetBoolean() };

        IReadOnlyList<KeyValuePair<string, string>> headers = Fields(answer, "headers");
        bool isCutOff = !isPaused && !answer.GetProperty("complete").GetBoolean() && !EndsWithConnection(headers);
        return result with
        {
            IsCutOff = isCutOff,
            Status = Number(answer, "status"),
            Reason = UrlData.Text(answer, "reason"),
            Version = UrlData.Text(answer, "version"),
            Headers = headers,
            Body = isPaused || isCutOff ? null : UrlData.Text(answer, "body"),
        };
    }

    private static FramingCase Base(JsonElement item) => new(item.GetProperty("id").GetString()!, item.GetProperty("raw_b64").GetBytesFromBase64())
    {
        Method = UrlData.Text(item, "request_method") ?? "GET",
    };

    // RFC 9112 §6.3: neither a length nor chunked as the last coding.
    private static bool EndsWithConnection(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        string? coding = headers.LastOrDefault(field => field.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)).Value;
        return coding is null
            ? headers.All(field => !field.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            : !coding.Split(',')[^1].Trim().Equals("chunked", StringComparison.OrdinalIgnoreCase);
    }

    private static int? Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    // An object of values or of lists of them, or a list of pairs.
    private static List<KeyValuePair<string, string>> Fields(JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out JsonElement fields)) return [];

        IEnumerable<(string Name, string Value)> all = fields.ValueKind switch
        {
            JsonValueKind.Object => fields.EnumerateObject().SelectMany(field =>
                field.Value.ValueKind == JsonValueKind.Array ? field.Value.EnumerateArray().Select(value => (field.Name, UrlData.Text(value))) : [(field.Name, UrlData.Text(field.Value))]),
            JsonValueKind.Array => fields.EnumerateArray().Select(pair => (UrlData.Text(pair[0]), UrlData.Text(pair[1]))),
            _ => [],
        };
        return [.. all.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same => KeyValuePair.Create(same.Key, string.Join(", ", same.Select(field => field.Value.Trim()))))];
    }
}
