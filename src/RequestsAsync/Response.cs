using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RequestsAsync;

/// <summary>An answer: status, header fields and body.</summary>
/// <remarks>
/// From the ordinary verbs the body is in memory already and nothing needs to be disposed. From <see cref="Session.StreamAsync(string, string, RequestOptions?, CancellationToken)"/> the
/// body is still on its way: read it with one of the streaming methods and dispose the response, which gives the connection back.
/// A response belongs to one thread at a time.
/// </remarks>
public sealed partial class Response : IDisposable, IAsyncDisposable
{
    private const int ExcerptLength = 200;

    private readonly HttpResponseMessage _message;
    private readonly PreparedRequest _prepared;
    private readonly Sending? _sending;
    private ResponseReadings? _readings;
    private string? _text;

    internal Response(Request request, PreparedRequest prepared, HttpResponseMessage message, Sending? sending = null)
    {
        Request = request;
        _prepared = prepared;
        _message = message;
        _sending = sending;
    }

    /// <summary>The request that was asked for; after redirects <see cref="Url"/> says where the answer came from.</summary>
    public Request Request { get; }

    /// <summary>The status code, 200 for example.</summary>
    public int StatusCode => (int)_message.StatusCode;

    /// <summary>
    /// The reason phrase of the status line, <c>OK</c> for example; the standard one where the protocol has none (HTTP/2). Octets beyond ASCII are read as the fields' are: as UTF-8 where they are
    /// that, otherwise as Latin-1.
    /// </summary>
    public string Reason => HeaderEncoding.OfLatin1(_message.ReasonPhrase ?? "");

    /// <summary>The protocol's version, <c>1.1</c> or <c>2.0</c>.</summary>
    public Version HttpVersion => _message.Version;

    /// <summary>The URL that answered, after redirects. <see cref="Url.ToString"/> leaves user name and password out.</summary>
    public Url Url => _prepared.Url;

    /// <summary>The method of the request that was answered; redirects may have changed it.</summary>
    public string Method => _prepared.Method.Method;

    /// <summary>The header fields, in every spelling and order that the transport lets through.</summary>
    /// <remarks>
    /// The network's transport tidies a little: the fields of the message come before those of its content (<c>Content-*</c>, <c>Allow</c>,
    /// <c>Expires</c>, <c>Last-Modified</c>), lines of one name stand together at the place of the first, names it knows have their usual spelling,
    /// and white space around a value is gone. Values that came on lines of their own stay apart in <see cref="Headers.GetValues"/>.
    /// Octets are read as UTF-8 where they are that, and otherwise as Latin-1.
    /// </remarks>
    public Headers Headers => Readings.Headers ??= ResponseHeaders.Of(_message);

    /// <summary>The redirects that led here, first to last; empty without any.</summary>
    public IReadOnlyList<Response> History
    {
        get => _readings?.History ?? [];
        internal set => Readings.History = value;
    }

    /// <summary>From sending the request until the header fields of this answer were here (<c>requests</c> measures the same).</summary>
    public TimeSpan Elapsed => _sending?.Elapsed(_prepared.Settings.TimeProvider) ?? TimeSpan.Zero;

    /// <summary>How many times the request was put on the network before this answer came, retries and rounds of authentication included; a redirect counts anew.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>Whether the status is 2xx.</summary>
    public bool IsSuccess => _message.IsSuccessStatusCode;

    /// <summary>
    /// The encoding of <see cref="Text"/>; <see langword="null"/> to find it out: the charset of Content-Type, a byte order mark, the session's default, UTF-8.
    /// </summary>
    /// <exception cref="InvalidOperationException">Set after <see cref="Text"/> was read: two readers would see two texts.</exception>
    public Encoding? Encoding
    {
        get => _readings?.Encoding;
        set
        {
            if (_text is not null) throw new InvalidOperationException("Text was read already. Set Encoding before the first use of Text.");
            Readings.Encoding = value;
        }
    }

    /// <summary>The body as bytes, decoded from its content codings.</summary>
    /// <exception cref="BodyNotReadException">The response is streamed and its body was not read yet.</exception>
    /// <exception cref="BodyConsumedException">The body was read as a stream.</exception>
    public ReadOnlyMemory<byte> Content => BodyBytes;

    /// <summary>The body as text.</summary>
    /// <exception cref="DecodingException">An encoding that the caller has set, one that throws, cannot read it.</exception>
    /// <inheritdoc cref="Content" path="/exception"/>
    public string Text => _text ??= DecodeText();

    /// <summary>The body as JSON, read into <typeparamref name="T"/> by reflection.</summary>
    /// <typeparam name="T">The type to read.</typeparam>
    /// <param name="options">How to read it; <see cref="JsonDefaults.Options"/> when <see langword="null"/>.</param>
    /// <exception cref="JsonException">The body is not JSON, or does not fit the type.</exception>
    /// <inheritdoc cref="Content" path="/exception"/>
    [RequiresUnreferencedCode(JsonDefaults.ReflectionMessage)]
    [RequiresDynamicCode(JsonDefaults.ReflectionMessage)]
    public T Json<T>(JsonSerializerOptions? options = null)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(JsonBytes(), options ?? JsonDefaults.Options)!;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException)
        {
            throw NotJson(e);
        }
    }

    /// <summary>The body as JSON, read by source-generated metadata: safe for trimming and native AOT.</summary>
    /// <typeparam name="T">The type to read.</typeparam>
    /// <param name="typeInfo">Its metadata, from a <c>JsonSerializerContext</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="typeInfo"/> is <see langword="null"/>.</exception>
    /// <exception cref="JsonException">The body is not JSON, or does not fit the type.</exception>
    /// <inheritdoc cref="Content" path="/exception"/>
    public T Json<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        try
        {
            return JsonSerializer.Deserialize(JsonBytes(), typeInfo)!;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException)
        {
            throw NotJson(e);
        }
    }

    /// <summary>The body as JSON of any shape.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <inheritdoc cref="Content" path="/exception"/>
    public JsonElement Json()
    {
        try
        {
            return JsonElement.Parse(JsonBytes());
        }
        catch (System.Text.Json.JsonException e)
        {
            throw NotJson(e);
        }
    }

    private ResponseReadings Readings => _readings ??= new();

    /// <summary>Throws when the status is not 2xx, otherwise returns this response, so that calls chain.</summary>
    /// <exception cref="HttpStatusException">The status is not 2xx. The message holds the body's start where the body is in memory.</exception>
    public Response EnsureSuccess()
    {
        if (IsSuccess) return this;

        string excerpt = HasBody ? Excerpt() : "";
        string message = $"{_prepared} answered {StatusCode} {Reason}".TrimEnd();
        throw new HttpStatusException(excerpt.Length == 0 ? message + "." : $"{message}: {excerpt}", this);
    }

    /// <summary>As <c>requests</c> shows it: <c>&lt;Response [200]&gt;</c>.</summary>
    public override string ToString() => $"<Response [{StatusCode}]>";

    // As it came, without a list of all fields where nobody has asked for one.
    private string? ContentType =>
        _readings?.Headers is null && _message.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues values) && values.Count == 1
            ? values.ToString()
            : Headers["Content-Type"];

    private string DecodeText()
    {
        ReadOnlySpan<byte> body = BodyBytes;
        try
        {
            return Encoding is { } encoding
                ? TextDecoder.Decode(body, encoding)
                : TextDecoder.Decode(body, _prepared.Settings.MediaTypes.Extract(ContentType), _prepared.DefaultEncoding);
        }
        catch (DecoderFallbackException e)
        {
            // Only an encoding of the caller's own throws; those found out put U+FFFD in the place of what they cannot read.
            throw Fail(new DecodingException($"{_prepared}: the body is no text in the encoding that was set: {e.Message}", e));
        }
    }

    private ReadOnlySpan<byte> JsonBytes() => JsonEncodingDetector.ToUtf8(BodyBytes).Span;

    private JsonException NotJson(Exception cause)
    {
        string type = ContentType is { } value ? $"Content-Type {value}" : "no Content-Type";
        return Fail(new JsonException(
            $"{_prepared} answered {StatusCode} with {type}, and its body is not the JSON that was asked for: {cause.Message} It begins: {Excerpt()}", cause));
    }

    // Only the start is decoded: an error page may be long, and half a character at the cut is no harm.
    private string Excerpt()
    {
        ReadOnlySpan<byte> body = BodyBytes;
        ReadOnlySpan<byte> start = body[..Math.Min(body.Length, ExcerptLength * 4)];
        string text = TextDecoder.Decode(start, ContentType, _prepared.DefaultEncoding);
        StringBuilder clean = new(Math.Min(text.Length, ExcerptLength));
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, ExcerptLength)))
            clean.Append(char.IsControl(c) ? ' ' : c);
        return clean.ToString().Trim();
    }

    private T Fail<T>(T failure)
        where T : RequestException
    {
        failure.Request = Request;
        failure.Response = this;
        failure.Attempts = Attempts;
        return failure;
    }
}
