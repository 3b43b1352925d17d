namespace RequestsAsync;

/// <summary>One request in one line: <c>await Requests.GetAsync(url)</c>.</summary>
/// <remarks>
/// Every call shares one pool of connections, and none shares a cookie with another: what one part of a program logs in to,
/// no other part is logged in to. Where settings or cookies are to be kept, make a <see cref="Session"/>. Safe for any number of threads.
/// </remarks>
public static partial class Requests
{
    private static readonly Session Shared = new(new() { Cookies = CookieJar.None, KeepsCookiesWithinCall = true });

    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)"/>
    public static Task<Response> SendAsync(string method, string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendAsync(Shared.Describe(method, url, options), cancellationToken);

    /// <inheritdoc cref="Session.Send(string, string, RequestOptions?, CancellationToken)"/>
    public static Response Send(string method, string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendBlocking(Shared.Describe(method, url, options), stream: false, cancellationToken);

    /// <inheritdoc cref="Session.StreamAsync(string, string, RequestOptions?, CancellationToken)"/>
    public static Task<Response> StreamAsync(string method, string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.StreamAsync(Shared.Describe(method, url, options), cancellationToken);

    /// <inheritdoc cref="Session.Stream(string, string, RequestOptions?, CancellationToken)"/>
    public static Response Stream(string method, string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendBlocking(Shared.Describe(method, url, options), stream: true, cancellationToken);

    /// <summary>Asks for what is at the URL. (GET)</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public static Task<Response> GetAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendAsync(Shared.Describe("GET", url, options), cancellationToken);

    /// <summary>Asks for what is at the URL. (GET) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public static Response Get(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendBlocking(Shared.Describe("GET", url, options), stream: false, cancellationToken);

    /// <summary>Asks what can be done with the URL. (OPTIONS)</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public static Task<Response> OptionsAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendAsync(Shared.Describe("OPTIONS", url, options), cancellationToken);

    /// <summary>Asks what can be done with the URL. (OPTIONS) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public static Response Options(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendBlocking(Shared.Describe("OPTIONS", url, options), stream: false, cancellationToken);

    /// <summary>Asks for the header fields alone. (HEAD)</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public static Task<Response> HeadAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendAsync(Shared.Describe("HEAD", url, options), cancellationToken);

    /// <summary>Asks for the header fields alone. (HEAD) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public static Response Head(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendBlocking(Shared.Describe("HEAD", url, options), stream: false, cancellationToken);

    /// <summary>Sends content for the server to work on. (POST)</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public static Task<Response> PostAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendAsync(Shared.Describe("POST", url, options), cancellationToken);

    /// <summary>Sends content for the server to work on. (POST) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public static Response Post(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendBlocking(Shared.Describe("POST", url, options), stream: false, cancellationToken);

    /// <summary>Sends content to stand at the URL. (PUT)</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public static Task<Response> PutAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendAsync(Shared.Describe("PUT", url, options), cancellationToken);

    /// <summary>Sends content to stand at the URL. (PUT) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public static Response Put(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendBlocking(Shared.Describe("PUT", url, options), stream: false, cancellationToken);

    /// <summary>Sends a change to what is at the URL. (PATCH)</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public static Task<Response> PatchAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendAsync(Shared.Describe("PATCH", url, options), cancellationToken);

    /// <summary>Sends a change to what is at the URL. (PATCH) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public static Response Patch(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendBlocking(Shared.Describe("PATCH", url, options), stream: false, cancellationToken);

    /// <summary>Asks to remove what is at the URL. (DELETE)</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public static Task<Response> DeleteAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendAsync(Shared.Describe("DELETE", url, options), cancellationToken);

    /// <summary>Asks to remove what is at the URL. (DELETE) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public static Response Delete(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendBlocking(Shared.Describe("DELETE", url, options), stream: false, cancellationToken);

    /// <summary>Asks with content: safe and idempotent as GET, with a body as POST. (QUERY)</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public static Task<Response> QueryAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendAsync(Shared.Describe("QUERY", url, options), cancellationToken);

    /// <summary>Asks with content: safe and idempotent as GET, with a body as POST. (QUERY) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="Session.SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public static Response Query(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.SendBlocking(Shared.Describe("QUERY", url, options), stream: false, cancellationToken);
}
