namespace RequestsAsync;

/// <summary>A request that is described and not yet sent. It never changes and may be sent many times, by several threads too.</summary>
/// <remarks>
/// Nothing is checked here: a malformed URL or header is an <see cref="InvalidRequestException"/> when the request is sent, so that
/// among ten thousand it is the failure of that one. Content that cannot be replayed (<see cref="Body.CanReplay"/>) can be sent only once, and a stream by one request at a time.
/// </remarks>
public sealed class Request
{
    /// <summary>Describes a request.</summary>
    /// <param name="method">The method, any token of RFC 9110 §5.6.2; written in lower case it is sent in upper case.</param>
    /// <param name="url">An absolute URL, or one relative to the session's <see cref="SessionOptions.BaseAddress"/>.</param>
    /// <param name="options">What else the request says; copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> or <paramref name="url"/> is <see langword="null"/>.</exception>
    public Request(string method, string url, RequestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        Method = method;
        Url = url;
        Extras = options?.Clone();
    }

    /// <summary>What a redirect asks for: decided, with the options that are not about what is sent.</summary>
    internal Request(PreparedRequest prepared, RequestOptions? options)
    {
        Method = prepared.Method.Method;
        Url = prepared.Url.ToString();
        Prepared = prepared;
        Extras = options;
    }

    /// <summary>The method as it was given, <c>GET</c> for example.</summary>
    public string Method { get; }

    /// <summary>The URL as it was given.</summary>
    public string Url { get; }

    internal RequestOptions? Extras { get; }

    /// <summary>What a session has decided about this request, where that will be the same next time.</summary>
    internal PreparedRequest? Kept { get; set; }

    /// <summary>The decided form, where a redirect made it already.</summary>
    internal PreparedRequest? Prepared { get; }

    /// <summary>Describes a GET request.</summary>
    /// <inheritdoc cref="Request(string, string, RequestOptions?)" path="/param|/exception"/>
    public static Request Get(string url, RequestOptions? options = null) => new("GET", url, options);

    /// <summary>Describes an OPTIONS request.</summary>
    /// <inheritdoc cref="Request(string, string, RequestOptions?)" path="/param|/exception"/>
    public static Request Options(string url, RequestOptions? options = null) => new("OPTIONS", url, options);

    /// <summary>Describes a HEAD request.</summary>
    /// <inheritdoc cref="Request(string, string, RequestOptions?)" path="/param|/exception"/>
    public static Request Head(string url, RequestOptions? options = null) => new("HEAD", url, options);

    /// <summary>Describes a POST request.</summary>
    /// <inheritdoc cref="Request(string, string, RequestOptions?)" path="/param|/exception"/>
    public static Request Post(string url, RequestOptions? options = null) => new("POST", url, options);

    /// <summary>Describes a PUT request.</summary>
    /// <inheritdoc cref="Request(string, string, RequestOptions?)" path="/param|/exception"/>
    public static Request Put(string url, RequestOptions? options = null) => new("PUT", url, options);

    /// <summary>Describes a PATCH request.</summary>
    /// <inheritdoc cref="Request(string, string, RequestOptions?)" path="/param|/exception"/>
    public static Request Patch(string url, RequestOptions? options = null) => new("PATCH", url, options);

    /// <summary>Describes a DELETE request.</summary>
    /// <inheritdoc cref="Request(string, string, RequestOptions?)" path="/param|/exception"/>
    public static Request Delete(string url, RequestOptions? options = null) => new("DELETE", url, options);

    /// <summary>Describes a QUERY request: safe and idempotent as GET, with content as POST.</summary>
    /// <inheritdoc cref="Request(string, string, RequestOptions?)" path="/param|/exception"/>
    public static Request Query(string url, RequestOptions? options = null) => new("QUERY", url, options);

    /// <summary>The same request with other options; this one stays as it is.</summary>
    /// <param name="change">Changes a copy of the options: <c>request.With(o => o.Headers["X"] = "1")</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidRequestException">
    /// It is a <see cref="Response.NextRequest"/>, whose URL and content the redirect has decided, and the change names a query, a form or JSON.
    /// </exception>
    public Request With(Action<RequestOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        RequestOptions options = Extras?.Clone() ?? new();
        change(options);
        return Prepared is null ? new(Method, Url, options) : new(Prepared.With(options), options.Clone());
    }

    /// <summary>Method and URL, without user name and password.</summary>
    public override string ToString() => $"<Request [{Method.ToUpperInvariant()} {UrlText.Shown(Url)}]>";
}
