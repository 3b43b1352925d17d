using System.Globalization;
using System.Text.Json;

namespace RequestsAsync;

/// <summary>Writes the two messages of an entry, and what the format wants to see of them once more, taken apart.</summary>
/// <remarks>What the format has no place for is in fields that begin with an underscore, as it allows.</remarks>
internal sealed class HarMessages(Utf8JsonWriter json)
{
    public void WriteRequest(HarRequest request)
    {
        json.WriteStartObject("request");
        json.WriteString("method", request.Method);
        json.WriteString("url", request.Url);
        json.WriteString("httpVersion", request.Version);
        WriteRequestCookies(request);
        WritePairs("headers", request.Headers);
        WriteFields("queryString", QueryOf(request.Url));
        if (request.Body is { } body) WritePostData(request, body);
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", request.Body?.Size ?? 0);
        json.WriteEndObject();
    }

    public void WriteResponse(HarExchange entry)
    {
        HarResponse response = entry.Response;
        json.WriteStartObject("response");
        json.WriteNumber("status", response.Status);
        json.WriteString("statusText", response.Reason);
        json.WriteString("httpVersion", response.Version);
        WriteResponseCookies(entry);
        WritePairs("headers", response.Headers);
        WriteContent(response.Content);
        json.WriteString("redirectURL", response.RedirectUrl);
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", response.BodySize);
        if (response.Error is { } error) json.WriteString("_error", error);
        if (response.IsIncomplete) json.WriteBoolean("_incomplete", true);
        if (response.Faults.Count > 0) WriteFaults(response.Faults);
        if (response.Trailers.Count > 0) WritePairs("_trailers", response.Trailers);
        if (response.Chunks.Count > 0) WriteChunks(response.Chunks);
        json.WriteEndObject();
    }

    private static string QueryOf(string url)
    {
        int query = url.IndexOf('?', StringComparison.Ordinal);
        int fragment = url.IndexOf('#', StringComparison.Ordinal);
        if (fragment < 0) fragment = url.Length;
        return query < 0 || query > fragment ? "" : url[(query + 1)..fragment];
    }

    private void WritePairs(string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartArray(name);
        foreach ((string key, string value) in pairs)
            WritePair(key, value);
        json.WriteEndArray();
    }

    private void WritePair(string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private void WriteFields(string name, string encoded)
    {
        json.WriteStartArray(name);
        foreach ((string field, string value) in FormUrlDecoder.Read(encoded))
            WritePair(field, value);
        json.WriteEndArray();
    }

    private void WriteRequestCookies(HarRequest request)
    {
        json.WriteStartArray("cookies");
        foreach (string cookie in (HarRequest.Find(request.Headers, "Cookie") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = cookie.IndexOf('=', StringComparison.Ordinal);
            WritePair(equals < 0 ? cookie : cookie[..equals], equals < 0 ? "" : cookie[(equals + 1)..]);
        }

        json.WriteEndArray();
    }

    private void WriteResponseCookies(HarExchange entry)
    {
        json.WriteStartArray("cookies");
        foreach ((string name, string value) in entry.Response.Headers)
        {
            if (Headers.SameName(name, "Set-Cookie") && SetCookie.TryParse(value, out SetCookie cookie)) Write(cookie, entry);
        }

        json.WriteEndArray();
    }

    private void Write(in SetCookie cookie, HarExchange entry)
    {
        DateTimeOffset? expires = cookie.MaxAge is { } seconds ? Later(entry.Started, seconds) : cookie.Expires;
        json.WriteStartObject();
        json.WriteString("name", cookie.Name);
        json.WriteString("value", cookie.Value);
        if (!cookie.Path.IsEmpty) json.WriteString("path", cookie.Path);
        if (!cookie.Domain.IsEmpty) json.WriteString("domain", cookie.Domain);
        if (expires is { } date) json.WriteString("expires", date.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
        json.WriteBoolean("httpOnly", cookie.IsHttpOnly);
        json.WriteBoolean("secure", cookie.IsSecure);
        json.WriteEndObject();
    }

    private static DateTimeOffset Later(DateTimeOffset started, long seconds)
    {
        DateTimeOffset now = started.ToUniversalTime();
        if (seconds <= 0) return DateTimeOffset.UnixEpoch;
        return seconds >= (DateTimeOffset.MaxValue - now).TotalSeconds ? DateTimeOffset.MaxValue : now.AddSeconds(seconds);
    }

    // By the letter either parameters or a text. The tools of browsers write both for a form, and show or compare the text alone.
    private void WritePostData(HarRequest request, HarBody body)
    {
        json.WriteStartObject("postData");
        json.WriteString("mimeType", body.MimeType);
        if (request.IsForm && body.Text is { } form) WriteFields("params", form);
        json.WriteString("text", body.Text ?? "");
        if (body.IsBase64) json.WriteString("_encoding", "base64");
        WriteRemarks(body);
        json.WriteEndObject();
    }

    private void WriteContent(HarBody content)
    {
        json.WriteStartObject("content");
        json.WriteNumber("size", content.Size);
        if (content.Saved is { } saved) json.WriteNumber("compression", saved);
        json.WriteString("mimeType", content.MimeType);
        if (content.Text is { } text) json.WriteString("text", text);
        if (content.IsBase64) json.WriteString("encoding", "base64");
        WriteRemarks(content);
        json.WriteEndObject();
    }

    private void WriteRemarks(HarBody content)
    {
        if (content.IsCoded) json.WriteBoolean("_coded", true);
        if (content.Comment is { } comment) json.WriteString("comment", comment);
    }

    private void WriteFaults(IReadOnlyList<HarFault> faults)
    {
        json.WriteStartArray("_faults");
        foreach (HarFault fault in faults)
        {
            json.WriteStartObject();
            json.WriteString("type", fault.Type);
            if (fault.Code is { } code) json.WriteString("code", code);
            json.WriteString("message", fault.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteChunks(IReadOnlyList<HarChunk> chunks)
    {
        json.WriteStartArray("_chunks");
        foreach (HarChunk chunk in chunks)
        {
            json.WriteStartObject();
            json.WriteNumber("size", chunk.Size);
            json.WriteNumber("offset", Math.Round(chunk.Offset, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
