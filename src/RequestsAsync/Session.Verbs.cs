using System.Runtime.CompilerServices;

namespace RequestsAsync;

// The verbs: each awaited, and each blocking under its bare name.
public sealed partial class Session
{
    /// <summary>Sends a request of any method and reads the whole answer.</summary>
    /// <param name="method">The method, any token; lower case becomes upper case.</param>
    /// <param name="url">An absolute URL, or one relative to <see cref="SessionOptions.BaseAddress"/>.</param>
    /// <param name="options">What else the request says.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    /// <returns>The response, its body in memory. Every status is a response: <see cref="Response.EnsureSuccess"/> makes an exception of a bad one.</returns>
    /// <exception cref="ArgumentNullException">The method, the URL or the request is missing.</exception>
    /// <exception cref="InvalidRequestException">The URL, the method, a header or an option is not allowed; nothing was sent.</exception>
    /// <exception cref="RateLimitException">A rate limiter of the caller's own refused it; nothing was sent.</exception>
    /// <exception cref="TransportException">The network or the peer failed; its derived types say how.</exception>
    /// <exception cref="RequestTimeoutException">The time ran out.</exception>
    /// <exception cref="RedirectException">A redirect cannot be followed, or there were too many.</exception>
    /// <exception cref="ContentException">The body is damaged or too large.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed, or was while the request was under way.</exception>
    public Task<Response> SendAsync(string method, string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(Describe(method, url, options), cancellationToken);

    /// <summary>Sends a request that was described before, and reads the whole answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/returns|/exception"/>
    public Task<Response> SendAsync(Request request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(request, stream: false, async: true, inBatch: false, LoopGuard.TokenOr(cancellationToken)).AsTask();
    }

    /// <summary>Sends a request of any method and reads the whole answer, holding the thread until it is here.</summary>
    /// <exception cref="BlockingCallException">An event loop whose options forbid blocking runs on this thread.</exception>
    /// <remarks>
    /// Where no connection is free, the runtime opens one with the help of its thread pool. Blocking calls from very many threads of that pool at once
    /// leave it none to do so: use threads of your own there, or await.
    /// </remarks>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public Response Send(string method, string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendBlocking(Describe(method, url, options), stream: false, cancellationToken);

    /// <summary>Sends a request that was described before and reads the whole answer, holding the thread until it is here.</summary>
    /// <inheritdoc cref="SendAsync(Request, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public Response Send(Request request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendBlocking(request, stream: false, cancellationToken);
    }

    /// <summary>Sends a request and returns when the header fields are here; the body is read by the caller, who disposes the response.</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body still on its way. The total timeout, where one is set, goes on until the body is read.</returns>
    public Task<Response> StreamAsync(string method, string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamAsync(Describe(method, url, options), cancellationToken);

    /// <inheritdoc cref="StreamAsync(string, string, RequestOptions?, CancellationToken)"/>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller's way to give up, until the header fields are here.</param>
    public Task<Response> StreamAsync(Request request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(request, stream: true, async: true, inBatch: false, LoopGuard.TokenOr(cancellationToken)).AsTask();
    }

    /// <summary>Sends a request and returns when the header fields are here, holding the thread until then; the body is read by the caller.</summary>
    /// <inheritdoc cref="StreamAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public Response Stream(string method, string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendBlocking(Describe(method, url, options), stream: true, cancellationToken);

    /// <summary>Asks for what is at the URL. (GET)</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public Task<Response> GetAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(Describe("GET", url, options), cancellationToken);

    /// <summary>Asks for what is at the URL. (GET) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public Response Get(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendBlocking(Describe("GET", url, options), stream: false, cancellationToken);

    /// <summary>Asks what can be done with the URL. (OPTIONS)</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public Task<Response> OptionsAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(Describe("OPTIONS", url, options), cancellationToken);

    /// <summary>Asks what can be done with the URL. (OPTIONS) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public Response Options(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendBlocking(Describe("OPTIONS", url, options), stream: false, cancellationToken);

    /// <summary>Asks for the header fields alone. (HEAD)</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public Task<Response> HeadAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(Describe("HEAD", url, options), cancellationToken);

    /// <summary>Asks for the header fields alone. (HEAD) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public Response Head(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendBlocking(Describe("HEAD", url, options), stream: false, cancellationToken);

    /// <summary>Sends content for the server to work on. (POST)</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public Task<Response> PostAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(Describe("POST", url, options), cancellationToken);

    /// <summary>Sends content for the server to work on. (POST) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public Response Post(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendBlocking(Describe("POST", url, options), stream: false, cancellationToken);

    /// <summary>Sends content to stand at the URL. (PUT)</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public Task<Response> PutAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(Describe("PUT", url, options), cancellationToken);

    /// <summary>Sends content to stand at the URL. (PUT) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public Response Put(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendBlocking(Describe("PUT", url, options), stream: false, cancellationToken);

    /// <summary>Sends a change to what is at the URL. (PATCH)</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public Task<Response> PatchAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(Describe("PATCH", url, options), cancellationToken);

    /// <summary>Sends a change to what is at the URL. (PATCH) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public Response Patch(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendBlocking(Describe("PATCH", url, options), stream: false, cancellationToken);

    /// <summary>Asks to remove what is at the URL. (DELETE)</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public Task<Response> DeleteAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(Describe("DELETE", url, options), cancellationToken);

    /// <summary>Asks to remove what is at the URL. (DELETE) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public Response Delete(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendBlocking(Describe("DELETE", url, options), stream: false, cancellationToken);

    /// <summary>Asks with content: safe and idempotent as GET, with a body as POST. (QUERY)</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/returns|/exception"/>
    public Task<Response> QueryAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(Describe("QUERY", url, options), cancellationToken);

    /// <summary>Asks with content: safe and idempotent as GET, with a body as POST. (QUERY) Holds the thread until the answer is here.</summary>
    /// <inheritdoc cref="SendAsync(string, string, RequestOptions?, CancellationToken)" path="/param|/exception"/>
    /// <returns>The response, its body in memory.</returns>
    public Response Query(string url, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SendBlocking(Describe("QUERY", url, options), stream: false, cancellationToken);

    /// <summary>What every blocking verb does.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stream">Whether the body is left on its way.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <param name="verb">The verb's name, for a loop that wants to know who holds it.</param>
    internal Response SendBlocking(Request request, bool stream, CancellationToken cancellationToken, [CallerMemberName] string verb = "")
    {
        LoopGuard.CheckBlocking(verb);
        return Blocking.Complete(SendAsync(request, stream, async: false, inBatch: false, cancellationToken));
    }

    /// <summary>The request for a URL of a batch.</summary>
    internal Request DescribeGet(string url) => PlainRequests.Get("GET", url);

    /// <summary>The request that a verb asks for.</summary>
    internal Request Describe(string method, string url, RequestOptions? options) => options is null ? PlainRequests.Get(method, url) : new(method, url, options);
}
