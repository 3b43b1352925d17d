using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RequestsAsync;

/// <summary>Everything that one request may say beyond its method and URL; what it leaves unsaid the session decides.</summary>
/// <remarks>
/// The counterpart of Python's keyword arguments: <c>await session.PostAsync(url, new() { Query = { ["q"] = "x" }, Json = value })</c>.
/// A request takes a copy, so one object may serve for many requests and be changed between them.
/// </remarks>
public sealed class RequestOptions
{
    private Parameters? _query;
    private Headers? _headers;
    private Parameters? _form;
    private FileParts? _files;
    private Dictionary<string, string>? _cookies;
    private object? _json;
    private Hooks? _hooks;
    private List<Middleware>? _middleware;

    /// <summary>
    /// Parameters that are appended to the URL's own query; its fragment stays (<c>?z=1#f</c> and <c>a=b</c> give <c>?z=1&amp;a=b#f</c>, as in <c>requests</c>).
    /// They merge with the session's per name.
    /// </summary>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public Parameters Query
    {
        get => _query ??= [];
        set => _query = value;
    }

    /// <summary>Header fields; one set to <see langword="null"/> takes away the session's default of that name.</summary>
    /// <remarks>
    /// On the wire the transport writes the names that it knows in their usual spelling, several values of one name as one line (RFC 9110 §5.3), and the
    /// fields that describe content last.
    /// </remarks>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public Headers Headers
    {
        get => _headers ??= [];
        set => _headers = value;
    }

    /// <summary>Cookies for this request alone, beside those of the session's jar; they are not stored in it.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public IDictionary<string, string> Cookies
    {
        get => _cookies ??= new(StringComparer.Ordinal);
        set => _cookies = value is null ? null : new(value, StringComparer.Ordinal);
    }

    /// <summary>
    /// A value to send as JSON (<c>application/json</c>, compact UTF-8). <see langword="null"/> sends nothing unless <see cref="HasJson"/> is set.
    /// Where trimming or native AOT matter, use <c>Content = Body.FromJson(value, typeInfo)</c> instead.
    /// </summary>
    /// <remarks>At most one of <see cref="Json"/>, <see cref="Form"/> (with or without <see cref="Files"/>) and <see cref="Content"/> may be given.</remarks>
    public object? Json
    {
        get => _json;

        [RequiresUnreferencedCode(JsonDefaults.ReflectionMessage)]
        [RequiresDynamicCode(JsonDefaults.ReflectionMessage)]
        set
        {
            _json = value;
            SerializeJson = static value => Body.FromJson(value);
        }
    }

    /// <summary>Whether <see cref="Json"/> is sent even when it is <see langword="null"/>, as the JSON text <c>null</c>.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool HasJson { get; set; }

    /// <summary>
    /// Form fields, sent as <c>application/x-www-form-urlencoded</c>; together with <see cref="Files"/> they are the first parts of a
    /// <c>multipart/form-data</c> content.
    /// </summary>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public Parameters Form
    {
        get => _form ??= [];
        set => _form = value;
    }

    /// <summary>
    /// Files, sent as <c>multipart/form-data</c> (RFC 7578) after the fields of <see cref="Form"/>:
    /// <c>Files = { ["avatar"] = Upload.FromFile("a.png"), ["doc"] = bytes }</c>.
    /// </summary>
    /// <remarks>They are read while they are sent, and never held in memory as a whole.</remarks>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public FileParts Files
    {
        get => _files ??= [];
        set => _files = value;
    }

    /// <summary>Whether <see cref="Form"/> is sent as <c>multipart/form-data</c> even without a file.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Multipart { get; set; }

    /// <summary>Raw content: bytes, a text or a stream convert by themselves, everything else is made by <see cref="Body"/>.</summary>
    public Body? Content { get; set; }

    /// <summary>How the content is compressed while it is sent; the <c>Content-Encoding</c> header comes with it.</summary>
    /// <value>Default: <see cref="ContentCoding.None"/>, for no server says beforehand whether it can undo it.</value>
    /// <remarks>
    /// Content in memory of up to 1 MiB is compressed before and sent with its length, or as it was where that is shorter; anything else is
    /// compressed on the way and sent chunked. With a <c>Content-Encoding</c> header set by hand it is an <see cref="InvalidRequestException"/>.
    /// </remarks>
    public ContentCoding Compress { get; set; }

    /// <summary>Whether to send <c>Expect: 100-continue</c> and hold the content back until the server asks for it (RFC 9110 §10.1.1).</summary>
    /// <value>Default: <see langword="false"/>.</value>
    /// <remarks>
    /// A server that refuses by the head alone, with 401, 413 or 417 for example, then spares the upload. A server that says nothing gets the
    /// content after a second, and content of up to 1 KiB is sent in any case. Without content it does nothing.
    /// </remarks>
    public bool ExpectContinue { get; set; }

    /// <summary>Who is told how many bytes of the content have been written to the connection, after each chunk of at most 64 KiB.</summary>
    /// <remarks>The bytes are those on the wire, compressed where <see cref="Compress"/> is set. When the content is sent again, after a redirect for example, they begin at 0 again.</remarks>
    public IProgress<TransferProgress>? UploadProgress { get; set; }

    /// <summary>Who sends the request. A pair of strings converts to Basic; <see cref="RequestsAsync.Auth.None"/> sends no credentials.</summary>
    /// <value>Default: what the session says.</value>
    public Auth? Auth { get; set; }

    /// <summary>Functions that are called at the stations of this request, after the session's.</summary>
    public Hooks Hooks
    {
        get => _hooks ??= new();
        set => _hooks = value;
    }

    /// <summary>What stands around this call, inside the session's.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public IList<Middleware> Middleware
    {
        get => _middleware ??= [];
        set => _middleware = value is null ? null : [.. value];
    }

    /// <summary>How long the request may take; a <see cref="TimeSpan"/> converts to the total.</summary>
    /// <value>Default: what the session says, also for each limit that is left <see langword="null"/>.</value>
    public Timeouts? Timeout { get; set; }

    /// <summary>When and how often the request is sent again after a failure; <see cref="RequestsAsync.Retry.None"/> for never.</summary>
    /// <value>Default: what the session says.</value>
    public Retry? Retry { get; set; }

    /// <summary>The proxy that this request goes through; <see cref="RequestsAsync.Proxy.None"/> for none.</summary>
    /// <value>Default: what the session says.</value>
    public Proxy? Proxy { get; set; }

    /// <summary>The version of HTTP to speak and no other; see <see cref="SessionOptions.HttpVersion"/>.</summary>
    /// <value>Default: what the session says.</value>
    public Version? HttpVersion { get; set; }

    /// <summary>Whether redirects are followed.</summary>
    /// <value>Default: what the session says.</value>
    public bool? FollowRedirects { get; set; }

    /// <summary>How large a body may be, decoded, in bytes, that is read into memory.</summary>
    /// <value>Default: what the session says.</value>
    public long? MaxResponseBytes { get; set; }

    /// <summary>The encoding of a text body that does not say its own.</summary>
    /// <value>Default: what the session says.</value>
    public Encoding? DefaultEncoding { get; set; }

    internal Parameters? QueryOrNull => _query;

    internal Headers? HeadersOrNull => _headers;

    internal Parameters? FormOrNull => _form;

    internal FileParts? FilesOrNull => _files;

    internal Dictionary<string, string>? CookiesOrNull => _cookies;

    internal Hooks? HooksOrNull => _hooks;

    internal List<Middleware>? MiddlewareOrNull => _middleware is { Count: > 0 } ? _middleware : null;

    // Set with Json, so that reflection is reachable only for those who asked for it.
    internal Func<object?, Body>? SerializeJson { get; private set; }

    /// <summary>Never shows a value: options hold secrets.</summary>
    public override string ToString() => "<RequestOptions>";

    /// <summary>What holds no secret of an origin and may go on to another.</summary>
    internal RequestOptions WithoutSecrets() => new() { Timeout = Timeout, FollowRedirects = FollowRedirects, Retry = Retry, Proxy = Proxy, HttpVersion = HttpVersion };

    internal RequestOptions Clone()
    {
        var clone = (RequestOptions)MemberwiseClone();
        clone._query = _query?.Clone();
        clone._headers = _headers?.Clone();
        clone._form = _form?.Clone();
        clone._files = _files?.Clone();
        clone._cookies = _cookies is null ? null : new(_cookies, StringComparer.Ordinal);
        clone._hooks = _hooks?.Clone();
        clone._middleware = _middleware is null ? null : [.. _middleware];
        return clone;
    }
}
