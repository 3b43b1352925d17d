using Flurl.Http;
using RestSharp;

namespace RequestsAsync.Micro;

/// <summary>The clients that are compared, each over a transport of its own that gives the same answer.</summary>
internal sealed class Contenders : IDisposable
{
    /// <param name="transport">What answers.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="options">The session's options.</param>
    /// <param name="wrap">What the others need to do the same by hand; nothing when <see langword="null"/>.</param>
    public Contenders(Transport transport, Answer answer, SessionOptions? options = null, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    {
        wrap ??= static handler => handler;
        Session = new Session(Transports.Tuned(transport, answer), options);
        Invoker = new HttpMessageInvoker(wrap(Transports.Tuned(transport, answer)));
        Client = new HttpClient(wrap(Transports.Tuned(transport, answer)));
        PlainClient = new HttpClient(wrap(Transports.Default(transport, answer)));
        Rest = new RestClient(new HttpClient(wrap(Transports.Tuned(transport, answer))), disposeHttpClient: true);
        Flurl = new FlurlClient(new HttpClient(wrap(Transports.Tuned(transport, answer))));
    }

    /// <summary>The address that all of them ask.</summary>
    public const string Url = "http://bench.example/api/v1/items/42";

    /// <summary>The same, parsed once by those who can.</summary>
    public static Uri Uri { get; } = new(Url);

    /// <summary>This library.</summary>
    public Session Session { get; }

    /// <summary>The runtime's handlers without a client.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary><see cref="HttpClient"/> used well: one client, a tuned handler, a <see cref="System.Uri"/> that is parsed once.</summary>
    public HttpClient Client { get; }

    /// <summary><see cref="HttpClient"/> as people use it: one client at least, with everything as it comes.</summary>
    public HttpClient PlainClient { get; }

    public RestClient Rest { get; }

    public FlurlClient Flurl { get; }

    public void Dispose()
    {
        Session.Dispose();
        Invoker.Dispose();
        Client.Dispose();
        PlainClient.Dispose();
        Rest.Dispose();
        Flurl.Dispose();
    }
}
