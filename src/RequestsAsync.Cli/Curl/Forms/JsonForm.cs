using System.Text.Json;

namespace RequestsAsync.Cli;

/// <summary>A request as JSON: what is sent, and what the answer's way is.</summary>
internal static class JsonForm
{
    public static void Write(Utf8JsonWriter json, DescribedRequest request)
    {
        json.WriteStartObject();
        json.WriteString("method", request.Method);
        json.WriteString("url", request.Url);
        json.WriteStartArray("headers");
        foreach (DescribedHeader header in ContentText.HeadersOf(request))
        {
            json.WriteStartObject();
            json.WriteString("name", header.Name);
            json.WriteString("value", header.Value); // null: not to be sent
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCookies(json, request);
        WriteAuth(json, request.Auth);
        WriteContent(json, request);
        WriteSettings(json, request);
        json.WriteEndObject();
    }

    private static void WriteCookies(Utf8JsonWriter json, DescribedRequest request)
    {
        if (request.Cookies.Count == 0) return;

        json.WriteStartObject("cookies");
        foreach ((string name, string value) in request.Cookies)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteAuth(Utf8JsonWriter json, DescribedAuth? auth)
    {
        if (auth is null) return;

        json.WriteStartObject("auth");
        json.WriteString("scheme", auth.Scheme.ToString().ToLowerInvariant());
        if (auth.User.Length > 0) json.WriteString("user", auth.User);
        json.WriteString(auth.Scheme switch { DescribedAuthScheme.Bearer => "token", DescribedAuthScheme.Netrc => "file", _ => "password" }, auth.Secret);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, DescribedRequest request)
    {
        if (request.Content is not { } content) return;

        json.WriteStartObject("content");
        if (ContentText.TypeOf(request) is { } type) json.WriteString("type", type);
        switch (content)
        {
            case DescribedContent.Bytes bytes:
                WriteBytes(json, bytes.Content.Span);
                break;
            case DescribedContent.File file:
                json.WriteString("file", file.Path);
                break;
            case DescribedContent.Input:
                json.WriteString("file", "-");
                break;
            case DescribedContent.Multipart form:
                WriteParts(json, form);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter json, DescribedContent.Multipart form)
    {
        json.WriteStartArray("parts");
        foreach (DescribedPart part in form.Parts)
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            if (part.FileName is { } fileName) json.WriteString("fileName", fileName);
            if (part.ContentType is { } type) json.WriteString("type", type);
            foreach ((string name, string value) in part.Headers)
                json.WriteString(name, value);
            if (part.Path is { } path) json.WriteString("file", path);
            else WriteBytes(json, part.Content.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBytes(Utf8JsonWriter json, ReadOnlySpan<byte> bytes)
    {
        if (ContentText.Of(bytes) is { } text) json.WriteString("text", text);
        else json.WriteBase64String("base64", bytes);
    }

    private static void WriteSettings(Utf8JsonWriter json, DescribedRequest request)
    {
        CurlOperation settings = request.Settings;
        json.WriteBoolean("followRedirects", settings.FollowsRedirects);
        if (settings.MaxRedirects is { } redirects) json.WriteNumber("maxRedirects", redirects);
        if (settings.Insecure) json.WriteBoolean("verify", false);
        if (settings.CaCertificate is { } authority) json.WriteString("ca", authority);
        if (settings.Certificate is { } certificate) json.WriteString("certificate", CurlSession.SplitCertificate(settings, certificate).Path);
        if (settings.Proxy is { } proxy) json.WriteString("proxy", proxy);
        if (settings.ConnectTimeout is { } connect) json.WriteNumber("connectTimeout", connect.TotalSeconds);
        if (settings.MaxTime is { } time) json.WriteNumber("timeout", time.TotalSeconds);
        if (settings.Retries > 0) json.WriteNumber("retries", settings.Retries);
        if (settings.HttpVersion is { } version) json.WriteString("httpVersion", version.ToString());
        if (request.Output.Path is { } path) json.WriteString("output", path);
    }
}
