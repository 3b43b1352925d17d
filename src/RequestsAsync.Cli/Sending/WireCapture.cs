using System.Net;
using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Lets a request be written as for the network, and keeps the bytes instead of sending them.</summary>
/// <remarks>
/// The same transport writes them, so that the line, the fields in their order and the framing are those of the wire, for HTTP/1.1 on a direct way. A request to an
/// https URL is written as it would be inside of TLS.
/// </remarks>
internal sealed class WireCapture : DelegatingHandler
{
    private readonly CapturedStream _written;
    private readonly Url _url;

    private WireCapture(Url url, CapturedStream written)
        : base(Transport(written))
    {
        _written = written;
        _url = url;
    }

    /// <summary>The bytes of a request.</summary>
    /// <param name="request">The request, with every header field that is its own.</param>
    /// <param name="url">Its URL.</param>
    /// <param name="cookies">The jar that its cookies come from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<byte[]> CaptureAsync(Request request, Url url, CookieJar cookies, CancellationToken cancellationToken)
    {
        CapturedStream written = new();
        Session session = new(new WireCapture(url, written), new SessionOptions
        {
            Cookies = cookies,
            Headers = { ["User-Agent"] = null, ["Accept"] = null, ["Accept-Encoding"] = null }, // the request has its own
            FollowRedirects = false,
            TrustEnvironment = false,
        });
        await using (session.ConfigureAwait(false))
        {
            Response response = await session.StreamAsync(request, cancellationToken).ConfigureAwait(false);
            await response.DisposeAsync().ConfigureAwait(false);
            return written.Written;
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Without TLS, and past the Uri that writes a path in another way.
        request.RequestUri = Url.Parse("http" + _url.Href[_url.Scheme.Length..]).ToUri();
        if (_url is { IsSecure: true, Port: 80 }) request.Headers.Host ??= _url.Authority; // which http would leave out of Host
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return base.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _written.Dispose();
        base.Dispose(disposing);
    }

    private static SocketsHttpHandler Transport(CapturedStream written) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = (_, _) => new(written),
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
    };
}
