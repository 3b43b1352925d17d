using System.Net;
using System.Text;

namespace RequestsAsync;

/// <summary>Makes the transport's message of a prepared request.</summary>
internal static class Messages
{
    public static SentMessage Make(PreparedRequest request, Headers headers, CookieJar jar, Sending sending, bool blocking, bool isNetwork)
    {
        SentMessage message = new(request.Method, isNetwork ? request.Url.ToUri() : request.Url.ToOrdinaryUri())
        {
            Sending = sending,
            Content = request.Body is { } body ? new BodyContent(body, request.UploadProgress, sending) : null,
        };

        HttpVersions.Apply(message, request, blocking);
        bool isAscii = request.Body?.ContentType is not { } type || Ascii.IsValid(type);
        foreach (ref readonly KeyValuePair<string, string?> field in headers.Entries)
        {
            if (field.Value is not { } value) continue;

            isAscii &= Ascii.IsValid(value);
            if (!message.Headers.TryAddWithoutValidation(field.Key, value)) AddToContent(message, field.Key, value);
        }

        // RFC 9110 §10.1.1: never without content.
        if (request.ExpectContinue && request.Body is not null && !headers.Contains("Expect")) message.Headers.ExpectContinue = true;
        if (CookiesFor(request, headers, jar) is { } cookies)
        {
            isAscii &= Ascii.IsValid(cookies);
            message.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        sending.IsAscii = isAscii;
        sending.IsMarked = !isNetwork || (message.Content is null && message.Version == HttpVersion.Version11 && !sending.WantsNewConnection && HasField(headers));
        return message;
    }

    // One that the transport writes as it writes all others: Host has a place of its own.
    private static bool HasField(Headers headers)
    {
        foreach (ref readonly KeyValuePair<string, string?> field in headers.Entries)
        {
            if (field.Value is not null && !Headers.SameName(field.Key, "Host")) return true;
        }

        return false;
    }

    // The transport keeps the fields that describe content apart from the others, and knows them by name.
    private static void AddToContent(HttpRequestMessage message, string name, string value)
    {
        message.Content ??= new ByteArrayContent([]);
        if (Headers.SameName(name, "Content-Type")) message.Content.Headers.Remove(name); // the content's own gives way
        message.Content.Headers.TryAddWithoutValidation(name, value);
    }

    // A Cookie field set by hand wins over the jar.
    private static string? CookiesFor(PreparedRequest request, Headers headers, CookieJar jar) => headers.Contains("Cookie") ? null : CookiesOf(request, jar);

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
