using System.Globalization;
using System.Text.Json;

namespace RequestsAsync;

/// <summary>Reads the entries of an HTTP Archive, also one that a browser has exported.</summary>
/// <remarks>What the format says twice is read once: headers count, and not the cookies and the query taken apart.</remarks>
internal static class HarReader
{
    /// <summary>The entries in the order of the file.</summary>
    /// <param name="utf8">The text of the file.</param>
    /// <exception cref="FormatException">It is no HTTP Archive; the message says what is wrong, and where.</exception>
    public static List<HarExchange> Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            List<HarExchange> entries = [];
            foreach (JsonElement entry in Member(Member(document.RootElement, "log"), "entries").EnumerateArray())
                entries.Add(ReadEntry(entry, entries.Count + 1));
            return entries;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            throw new FormatException($"It is no HTTP Archive: {e.Message}", e);
        }
    }

    private static HarExchange ReadEntry(JsonElement entry, int number)
    {
        try
        {
            HarResponse response = ReadResponse(Member(entry, "response"));
            return new(Date(entry), ReadTimes(entry), ReadRequest(Member(entry, "request")), response) { ServerAddress = Optional(entry, "serverIPAddress") };
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new FormatException($"Entry {number}: {e.Message}", e);
        }
    }

    private static HarRequest ReadRequest(JsonElement request) =>
        new(Text(request, "method"), Text(request, "url"), Optional(request, "httpVersion") ?? "", ReadPairs(request, "headers"), ReadPostData(request));

    private static HarBody? ReadPostData(JsonElement request)
    {
        if (!request.TryGetProperty("postData", out JsonElement data) || data.ValueKind != JsonValueKind.Object) return null;

        string? comment = Optional(data, "comment");
        string text = Optional(data, "text") ?? "";
        if (text.Length == 0 && data.TryGetProperty("params", out JsonElement parameters) && parameters.GetArrayLength() > 0)
            text = string.Join('&', ReadPairs(data, "params").Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        bool isBase64 = (Optional(data, "_encoding") ?? Optional(data, "encoding") ?? comment) == "base64";
        return Checked(new HarBody(Optional(data, "mimeType") ?? "") { Text = text, IsBase64 = isBase64, IsCoded = IsSet(data, "_coded"), Size = Number(request, "bodySize") ?? -1, Comment = comment });
    }

    private static HarResponse ReadResponse(JsonElement response)
    {
        JsonElement content = Member(response, "content");
        List<KeyValuePair<string, string>> headers = ReadPairs(response, "headers");
        HarBody body = new(TypeOf(Optional(content, "mimeType") ?? "", headers))
        {
            Text = Optional(content, "text"),
            IsBase64 = Optional(content, "encoding") == "base64",
            IsCoded = IsSet(content, "_coded"),
            Size = Number(content, "size") ?? -1,
            Saved = Number(content, "compression"),
            Comment = Optional(content, "comment"),
        };
        return new((int)(Number(response, "status") ?? 0), Optional(response, "statusText") ?? "", Optional(response, "httpVersion") ?? "", headers, Checked(body))
        {
            BodySize = Number(response, "bodySize") ?? -1,
            Trailers = ReadPairs(response, "_trailers"),
            Chunks = [.. Items(response, "_chunks").Select(static chunk => new HarChunk(Member(chunk, "size").GetInt32(), Member(chunk, "offset").GetDouble()))],
            Error = Optional(response, "_error"),
            Faults = [.. Items(response, "_faults").Select(static fault => new HarFault(Text(fault, "type"), Optional(fault, "code"), Text(fault, "message")))],
            IsIncomplete = IsSet(response, "_incomplete"),
        };
    }

    // Browsers leave the charset out of the type, and whoever turns the text into bytes again needs it.
    private static string TypeOf(string mimeType, List<KeyValuePair<string, string>> headers) =>
        HarRequest.Find(headers, "Content-Type") is { } sent && MediaType.Extract(sent) is { Charset: not null } full && (MediaType.Extract(mimeType) is not { } type || (type.Charset is null && type.Essence == full.Essence))
            ? sent
            : mimeType;

    private static HarBody Checked(HarBody body)
    {
        if (body.IsBase64) body.ToBytes();
        return body;
    }

    private static HarTimes ReadTimes(JsonElement entry)
    {
        if (!entry.TryGetProperty("timings", out JsonElement timings)) return HarTimes.Waited(TimeSpan.Zero);

        return new(Time("blocked"), Time("dns"), Time("connect"), Time("ssl"), Math.Max(Time("send"), 0), Math.Max(Time("wait"), 0), Math.Max(Time("receive"), 0));

        double Time(string name) => timings.TryGetProperty(name, out JsonElement time) && time.ValueKind == JsonValueKind.Number ? time.GetDouble() : -1;
    }

    private static List<KeyValuePair<string, string>> ReadPairs(JsonElement owner, string name) =>
        [.. Items(owner, name).Select(static pair => KeyValuePair.Create(Text(pair, "name"), Optional(pair, "value") ?? ""))];

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string name) => owner.TryGetProperty(name, out JsonElement items) ? items.EnumerateArray() : default;

    private static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement member) ? member : throw new FormatException($"'{name}' is missing.");

    private static string Text(JsonElement owner, string name) => Member(owner, name).GetString() ?? "";

    private static string? Optional(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static long? Number(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Number ? (long)member.GetDouble() : null;

    private static bool IsSet(JsonElement owner, string name) => owner.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.True;

    private static DateTimeOffset Date(JsonElement entry) =>
        DateTimeOffset.TryParse(Text(entry, "startedDateTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date : throw new FormatException("'startedDateTime' is no date.");
}
