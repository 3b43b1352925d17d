using System.Text;

namespace RequestsAsync;

/// <summary>Makes the transport's message of a prepared request.</summary>
internal static class Messages
{
    /// <summary>Makes it.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="headers">Its fields; credentials may have been added to those of the request.</param>
    /// <param name="cookies">The <c>Cookie</c> field; see <see cref="CookiesFor"/>.</param>
    /// <param name="sending">What is told of its way.</param>
    /// <param name="blocking">Whether it is sent by a blocking call.</param>
    /// <param name="isNetwork">Whether the transport is the network's.</param>
    public static SentMessage Make(PreparedRequest request, Headers headers, string? cookies, Sending sending, bool blocking, bool isNetwork)
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
        if (cookies is not null)
        {
            isAscii &= Ascii.IsValid(cookies);
            message.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        sending.IsAscii = isAscii;
        sending.NeedsFlow = isNetwork && (message.Content is not null || sending.WantsNewConnection || !HasField(headers));
        return message;
    }

    /// <summary>Whether a message that the network's transport has sent says the same as another request: by a method and fields that never change, to the same origin by the same protocol.</summary>
    /// <param name="sent">What it was made for.</param>
    /// <param name="next">The request; neither has content.</param>
    public static bool IsAlike(PreparedRequest sent, PreparedRequest next) => ReferenceEquals(sent, next)
        || (sent.Method == next.Method && ReferenceEquals(sent.Headers, next.Headers) && sent.HttpVersion == next.HttpVersion && sent.Url.Origin == next.Url.Origin);

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

    /// <summary>The <c>Cookie</c> field of a request; <see langword="null"/> for none, and where one was set by hand.</summary>
    public static string? CookiesFor(PreparedRequest request, Headers headers, CookieJar jar) => headers.Contains("Cookie") ? null : CookiesOf(request, jar);

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
