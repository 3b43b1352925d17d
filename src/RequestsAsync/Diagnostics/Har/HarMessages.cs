using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RequestsAsync;

/// <summary>Writes the two messages of an entry.</summary>
internal sealed class HarMessages(Utf8JsonWriter json, HarOptions options)
{
    private const string FormType = "application/x-www-form-urlencoded";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly HarSecrets _secrets = new(options.KeepsSecrets);

    public void WriteRequest(HarRequest request)
    {
        json.WriteStartObject("request");
        json.WriteString("method", request.Method);
        json.WriteString("url", _secrets.Url(request.Url));
        json.WriteString("httpVersion", request.Version);
        WriteRequestCookies(request);
        WriteHeaders(request.Headers);
        WriteQuery(request.Url);
        if (request.Body is { } body) WritePostData(body, Find(request.Headers, "Content-Type") ?? body.ContentType ?? "");
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", request.Body is null ? 0 : request.Body.Length ?? -1);
        json.WriteEndObject();
    }

    public void WriteResponse(Response response)
    {
        json.WriteStartObject("response");
        json.WriteNumber("status", response.StatusCode);
        json.WriteString("statusText", response.Reason);
        json.WriteString("httpVersion", HarRequest.VersionOf(response.HttpVersion));
        WriteResponseCookies(response);
        WriteHeaders([.. response.Headers]);
        WriteContent(response);
        json.WriteString("redirectURL", response.IsRedirect ? _secrets.Url(response.Headers["Location"] ?? "") : "");
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", LengthOf(response));
        json.WriteEndObject();
    }

    /// <summary>Stands for the answer that there is not, as browsers write it.</summary>
    public void WriteNoResponse(string? error)
    {
        json.WriteStartObject("response");
        json.WriteNumber("status", 0);
        json.WriteString("statusText", "");
        json.WriteString("httpVersion", "");
        json.WriteStartArray("cookies");
        json.WriteEndArray();
        json.WriteStartArray("headers");
        json.WriteEndArray();
        json.WriteStartObject("content");
        json.WriteNumber("size", 0);
        json.WriteString("mimeType", "x-unknown");
        json.WriteEndObject();
        json.WriteString("redirectURL", "");
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", -1);
        if (error is not null) json.WriteString("_error", error);
        json.WriteEndObject();
    }

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        foreach ((string key, string value) in headers)
        {
            if (Headers.SameName(key, name)) return value;
        }

        return null;
    }

    private void WriteHeaders(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        json.WriteStartArray("headers");
        foreach ((string name, string value) in headers)
            WritePair(name, Headers.SameName(name, "Location") ? _secrets.Url(value) : _secrets.Header(name, value));
        json.WriteEndArray();
    }

    private void WritePair(string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private void WriteRequestCookies(HarRequest request)
    {
        json.WriteStartArray("cookies");
        foreach (string cookie in (Find(request.Headers, "Cookie") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = cookie.IndexOf('=', StringComparison.Ordinal);
            WritePair(equals < 0 ? cookie : cookie[..equals], _secrets.Cookie(equals < 0 ? "" : cookie[(equals + 1)..]));
        }

        json.WriteEndArray();
    }

    private void WriteResponseCookies(Response response)
    {
        json.WriteStartArray("cookies");
        foreach (Cookie cookie in response.Cookies)
        {
            json.WriteStartObject();
            json.WriteString("name", cookie.Name);
            json.WriteString("value", _secrets.Cookie(cookie.Value));
            json.WriteString("path", cookie.Path);
            json.WriteString("domain", cookie.Domain);
            if (cookie.Expires is { } expires) json.WriteString("expires", expires.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
            json.WriteBoolean("httpOnly", cookie.IsHttpOnly);
            json.WriteBoolean("secure", cookie.IsSecure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteQuery(string url)
    {
        json.WriteStartArray("queryString");
        int query = url.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0) WriteFields(url[(query + 1)..]);
        json.WriteEndArray();
    }

    private void WriteFields(string encoded)
    {
        foreach ((string name, string value) in HarSecrets.Fields(encoded))
            WritePair(name, _secrets.Value(name, value));
    }

    // By the format either parameters or a text.
    private void WritePostData(Body body, string type)
    {
        json.WriteStartObject("postData");
        json.WriteString("mimeType", type);
        if (body is not BytesBody bytes || bytes.Content.Length > options.MaxBodyBytes)
        {
            json.WriteString("text", "");
            json.WriteString("comment", body is BytesBody ? "The content is longer than what is kept." : "The content came from a file or a stream and is not kept.");
        }
        else if (type.StartsWith(FormType, StringComparison.OrdinalIgnoreCase))
        {
            json.WriteStartArray("params");
            WriteFields(Encoding.UTF8.GetString(bytes.Content.Span));
            json.WriteEndArray();
        }
        else if (TextOf(bytes.Content.Span) is { } text)
        {
            json.WriteString("text", _secrets.Body(text, type));
        }
        else
        {
            json.WriteString("text", Convert.ToBase64String(bytes.Content.Span));
            json.WriteString("comment", "base64");
        }

        json.WriteEndObject();
    }

    private void WriteContent(Response response)
    {
        string type = response.Headers["Content-Type"] ?? "x-unknown";
        json.WriteStartObject("content");
        if (!response.HasBody)
        {
            json.WriteNumber("size", Math.Max(LengthOf(response), 0));
            json.WriteString("mimeType", type);
            json.WriteString("comment", "The body was not read into memory.");
        }
        else
        {
            ReadOnlySpan<byte> body = response.Content.Span;
            json.WriteNumber("size", body.Length);
            json.WriteString("mimeType", type);
            if (body.Length > options.MaxBodyBytes) json.WriteString("comment", "The body is longer than what is kept.");
            else WriteBody(response, body, type);
        }

        json.WriteEndObject();
    }

    private void WriteBody(Response response, ReadOnlySpan<byte> body, string type)
    {
        bool isText = type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || TextOf(body) is not null;
        if (isText && !body.Contains((byte)0))
        {
            json.WriteString("text", _secrets.Body(response.Text, type));
            return;
        }

        json.WriteString("text", Convert.ToBase64String(body));
        json.WriteString("encoding", "base64");
    }

    private static long LengthOf(Response response) =>
        long.TryParse(response.Headers["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : -1;

    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0)) return null;

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
