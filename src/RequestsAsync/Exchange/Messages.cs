using System.Text;

namespace RequestsAsync;

/// <summary>Makes the transport's message of a prepared request.</summary>
internal static class Messages
{
    public static HttpRequestMessage Make(PreparedRequest request, Headers headers, CookieJar jar, Sending sending, bool blocking, bool isNetwork)
    {
        SentMessage message = new(request.Method, isNetwork ? request.Url.ToUri() : request.Url.ToOrdinaryUri())
        {
            Sending = sending,
            Content = request.Body is { } body ? new BodyContent(body, request.UploadProgress, sending) : null,
        };

        HttpVersions.Apply(message, request, blocking);
        foreach (ref readonly KeyValuePair<string, string?> field in headers.Entries)
        {
            if (field.Value is { } value && !message.Headers.TryAddWithoutValidation(field.Key, value)) AddToContent(message, field.Key, value);
        }

        // RFC 9110 §10.1.1: never without content.
        if (request.ExpectContinue && request.Body is not null && !headers.Contains("Expect")) message.Headers.ExpectContinue = true;
        AddCookies(message, request, headers, jar);
        return message;
    }

    // The transport keeps the fields that describe content apart from the others, and knows them by name.
    private static void AddToContent(HttpRequestMessage message, string name, string value)
    {
        message.Content ??= new ByteArrayContent([]);
        if (Headers.SameName(name, "Content-Type")) message.Content.Headers.Remove(name); // the content's own gives way
        message.Content.Headers.TryAddWithoutValidation(name, value);
    }

    private static void AddCookies(HttpRequestMessage message, PreparedRequest request, Headers headers, CookieJar jar)
    {
        // A Cookie field set by hand wins over the jar.
        if (headers.Contains("Cookie")) return;
        if (CookiesOf(request, jar) is { } cookies) message.Headers.TryAddWithoutValidation("Cookie", cookies);
    }

    /// <summary>The cookies of the jar and of the request itself, as one field.</summary>
    internal static string? CookiesOf(PreparedRequest request, CookieJar jar)
    {
        string? cookies = jar.GetCookieHeader(request.Url);
        return request.Cookies is { } own ? Join(cookies, own) : cookies;
    }

    // The request's own cookie of a name replaces the jar's: many servers take the first of two.
    private static string Join(string? jar, Dictionary<string, string> own)
    {
        StringBuilder all = new();
        foreach (string cookie in jar?.Split("; ") ?? [])
        {
            int equals = cookie.IndexOf('=', StringComparison.Ordinal);
            if (!own.ContainsKey(equals < 0 ? "" : cookie[..equals])) Append(all, cookie);
        }

        foreach ((string name, string value) in own)
            Append(all, $"{name}={value}");
        return all.ToString();
    }

    private static void Append(StringBuilder all, string cookie)
    {
        if (all.Length > 0) all.Append("; ");
        all.Append(cookie);
    }
}
