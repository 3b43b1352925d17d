using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace RequestsAsync.Testing;

/// <summary>A request that a <see cref="MockTransport"/> was sent: what stood in it, when it came, and what answered it.</summary>
/// <remarks>What is known of it never changes. Route and reply are known as soon as one was found.</remarks>
public sealed class MockCall
{
    private readonly Lazy<RecordedFields> _query;
    private volatile StrongBox<ReadOnlyMemory<byte>> _body = new(); // one reference, so that whoever looks meanwhile sees all of it or nothing
    private volatile Routing? _routing;
    private volatile Reply? _reply;

    internal MockCall(int number, HttpRequestMessage message, Url url, RecordedFields headers, DateTimeOffset time)
    {
        Number = number;
        Method = message.Method.Method;
        Url = url;
        HttpVersion = message.Version;
        Headers = headers;
        Time = time;
        _query = new Lazy<RecordedFields>(() => FieldsOf(Url.Query ?? ""));
    }

    /// <summary>Which call of the mock it is, counted from 1 in the order in which they came.</summary>
    public int Number { get; }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>The whole URL.</summary>
    public Url Url { get; }

    /// <summary>The version of HTTP that the request asks for.</summary>
    public Version HttpVersion { get; }

    /// <summary>The parameters of the URL's query, decoded.</summary>
    public RecordedFields Query => _query.Value;

    /// <summary>
    /// The header fields as a transport puts them on the wire: <c>Host</c> first, with those of the content, and with <c>Content-Length</c> or <c>Transfer-Encoding</c>
    /// where there is content.
    /// </summary>
    public RecordedFields Headers { get; }

    /// <summary>The content that was sent; empty for none, and for content that the reply did not wait for.</summary>
    public ReadOnlyMemory<byte> Body => _body.Value;

    /// <summary>The content as text, read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The content as the fields of an HTML form (<c>application/x-www-form-urlencoded</c>).</summary>
    public RecordedFields Form => FieldsOf(Text);

    /// <summary>When it came, by the mock's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The route that answered it; <see langword="null"/> for one that no route matched.</summary>
    public MockRoute? Route => _routing?.Route;

    /// <summary>Which call of its route it is, counted from 1; 0 for one that no route matched.</summary>
    public int RouteNumber => _routing?.Number ?? 0;

    /// <summary>What it was answered with; <see langword="null"/> while that is not decided.</summary>
    public Reply? Reply => _reply;

    /// <summary>The decoded values of the names in the route's pattern.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _routing?.Parameters ?? RoutePattern.NoParameters;

    /// <summary>The decoded value that stood in the place of <c>{name}</c> in the route's pattern.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">The pattern has no such name.</exception>
    public string this[string name] => Parameters.TryGetValue(name, out string? value)
        ? value
        : throw new ArgumentException($"The pattern of '{Route}' has no {{{name}}}.", nameof(name));

    /// <summary>The content as JSON of any shape.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON.</exception>
    public JsonElement Json() => Json<JsonElement>();

    /// <summary>The content as JSON, read into a type by <see cref="JsonDefaults.Options"/>.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON, or does not fit the type.</exception>
    public T Json<T>() => JsonSerializer.Deserialize<T>(Body.Span, JsonDefaults.Options)!;

    /// <summary>Method and URL, without user name and password, and without secrets in its query.</summary>
    public override string ToString() => $"{Method} {ShownText.Url(Url.ToString())}";

    private static RecordedFields FieldsOf(string encoded) => new(FormUrlDecoder.Read(encoded), StringComparison.Ordinal);

    internal void Receive(ReadOnlyMemory<byte> body) => _body = new(body);

    internal void RouteTo(MockRoute route, int number, IReadOnlyDictionary<string, string> parameters) => _routing = new Routing(route, number, parameters);

    internal void AnswerWith(Reply reply) => _reply = reply;

    // One reference, so that all of it is seen at once.
    private sealed record Routing(MockRoute Route, int Number, IReadOnlyDictionary<string, string> Parameters);
}
