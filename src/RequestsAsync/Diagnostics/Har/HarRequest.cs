namespace RequestsAsync;

/// <summary>A request as it is written into a log.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL without user name and password.</param>
/// <param name="Version">The protocol, <c>HTTP/1.1</c> for example.</param>
/// <param name="Headers">The fields as they were sent, cookies and credentials included.</param>
/// <param name="Body">The content, or <see langword="null"/> for none.</param>
internal sealed record HarRequest(string Method, string Url, string Version, IReadOnlyList<KeyValuePair<string, string>> Headers, Body? Body)
{
    /// <summary>The request that was answered.</summary>
    public static HarRequest Of(Response response) => new(
        response.Method,
        response.Url.WithFragment(null).ToString(),
        VersionOf(response.HttpVersion),
        response.Message.RequestMessage is { } sent ? FieldsOf(sent, response.Url) : FieldsOf(response.Prepared.Headers, response.Url),
        response.Prepared.Body);

    /// <summary>A request that was not answered.</summary>
    public static HarRequest Of(Request request)
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
            return new(prepared.Method.Method, prepared.Url.WithFragment(null).ToString(), VersionOf(prepared.HttpVersion ?? new(1, 1)), [.. headers], prepared.Body);
        }
        catch (InvalidRequestException)
        {
            // It was refused, or is relative to a session's base address: then it is written as it was given.
            return new(request.Method, UrlText.Shown(request.Url), VersionOf(new(1, 1)), [.. request.Extras?.HeadersOrNull ?? []], Body: null);
        }
    }

    public static string VersionOf(Version version) => version.Major > 1 ? $"HTTP/{version.Major}" : $"HTTP/{version}";

    // The transport's message may serve another request by now, and has left this one when it said no more than this.
    private static List<KeyValuePair<string, string>> FieldsOf(Headers headers, Url url) =>
        headers.Contains("Host") ? [.. headers] : [HostOf(url), .. headers];

    private static KeyValuePair<string, string> HostOf(Url url) => new("Host", url.Origin[(url.Scheme.Length + "://".Length)..]);

    private static List<KeyValuePair<string, string>> FieldsOf(HttpRequestMessage message, Url url)
    {
        List<KeyValuePair<string, string>> fields = [];
        if (!message.Headers.NonValidated.Contains("Host")) fields.Add(HostOf(url));
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in message.Headers.NonValidated)
            fields.Add(new(name, values.ToString()));
        if (message.Content is null) return fields;

        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in message.Content.Headers.NonValidated)
            fields.Add(new(name, values.ToString()));
        return fields;
    }
}
