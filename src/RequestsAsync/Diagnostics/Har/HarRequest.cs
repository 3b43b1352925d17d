namespace RequestsAsync;

/// <summary>A request as it is written into a log.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL without user name and password.</param>
/// <param name="Version">The protocol, <c>HTTP/1.1</c> for example.</param>
/// <param name="Headers">The fields as they were sent, cookies and credentials included.</param>
/// <param name="Body">The content, or <see langword="null"/> for none.</param>
internal sealed record HarRequest(string Method, string Url, string Version, IReadOnlyList<KeyValuePair<string, string>> Headers, HarBody? Body)
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Whether the content is the fields of a form.</summary>
    public bool IsForm => Body is { IsBase64: false } body && body.MimeType.StartsWith(FormType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The request that was answered.</summary>
    public static HarRequest Of(Response response, int maxBodyBytes)
    {
        IReadOnlyList<KeyValuePair<string, string>> headers = response.Message.RequestMessage is { } sent ? FieldsOf(sent, AuthorityOf(response.Url)) : FieldsOf(response.Prepared.Headers, AuthorityOf(response.Url));
        return new(response.Method, response.Url.WithFragment(null).ToString(), VersionOf(response.HttpVersion), headers, ContentOf(response.Prepared.Body, headers, maxBodyBytes));
    }

    /// <summary>A request that was not answered.</summary>
    public static HarRequest Of(Request request, int maxBodyBytes)
    {
        try
        {
            SessionSettings settings = new(new());
            PreparedRequest prepared = request.Prepared ?? Preparation.Prepare(settings, request, blocking: false);
            Headers headers = prepared.Headers.Clone();
            if (prepared.Auth is BasicAuth basic) headers["Authorization"] = basic.Field;
            else if (prepared.Auth is BearerAuth bearer) headers["Authorization"] = bearer.Field;
            if (Messages.CookiesOf(prepared, CookieJar.None) is { } cookies && !headers.Contains("Cookie")) headers.Add("Cookie", cookies);
            if (prepared.Body?.ContentType is { } type && !headers.Contains("Content-Type")) headers.Add("Content-Type", type);
            return new(prepared.Method.Method, prepared.Url.WithFragment(null).ToString(), VersionOf(prepared.HttpVersion ?? new(1, 1)), [.. headers], ContentOf(prepared.Body, [.. headers], maxBodyBytes));
        }
        catch (InvalidRequestException)
        {
            // It was refused, or is relative to a session's base address: then it is written as it was given.
            return new(request.Method, UrlText.Shown(request.Url), VersionOf(new(1, 1)), [.. request.Extras?.HeadersOrNull ?? []], Body: null);
        }
    }

    public static string VersionOf(Version version) => version.Major > 1 ? $"HTTP/{version.Major}" : $"HTTP/{version}";

    // The transport's message may serve another request by now, and has left this one when it said no more than this.
    private static List<KeyValuePair<string, string>> FieldsOf(Headers headers, string authority) =>
        headers.Contains("Host") ? [.. headers] : [new("Host", authority), .. headers];

    /// <summary>The first value of a field.</summary>
    public static string? Find(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        foreach ((string key, string value) in headers)
        {
            if (RequestsAsync.Headers.SameName(key, name)) return value;
        }

        return null;
    }

    /// <summary>The fields of a message, Host included.</summary>
    /// <param name="message">The message.</param>
    /// <param name="authority">Host and port of its URL.</param>
    public static List<KeyValuePair<string, string>> FieldsOf(HttpRequestMessage message, string authority)
    {
        List<KeyValuePair<string, string>> fields = [];
        if (!message.Headers.NonValidated.Contains("Host")) fields.Add(new("Host", authority));
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in message.Headers.NonValidated)
            fields.Add(new(name, values.ToString()));
        if (message.Content is null) return fields;

        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in message.Content.Headers.NonValidated)
            fields.Add(new(name, values.ToString()));
        return fields;
    }

    private static string AuthorityOf(Url url) => url.Origin[(url.Scheme.Length + "://".Length)..];

    private static HarBody? ContentOf(Body? body, IReadOnlyList<KeyValuePair<string, string>> headers, int maxBodyBytes)
    {
        if (body is null) return null;

        string type = Find(headers, "Content-Type") ?? body.ContentType ?? "";
        if (body is BytesBody { Content: var bytes } && bytes.Length <= maxBodyBytes) return HarBody.Of(bytes.ToArray(), type, HarCodings.Of(headers), isWhole: true, maxBodyBytes);
        return new(type)
        {
            Size = body.Length ?? -1,
            Comment = body is BytesBody ? "The content is longer than what is kept." : "The content came from a file or a stream and is not kept.",
        };
    }
}
