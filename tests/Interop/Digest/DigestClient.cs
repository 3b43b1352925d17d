using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace RequestsAsync.Interop;

/// <summary>Answers Digest challenges with the library's cores over a bare HttpClient, so that nothing stands between them and the server.</summary>
internal sealed class DigestClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly DigestSessions _sessions;
    private readonly Uri? _proxy;

    public DigestClient(string userName, string password, Uri? proxy = null)
    {
        SocketsHttpHandler handler = new() { UseCookies = true, UseProxy = proxy is not null, Proxy = proxy is null ? null : new WebProxy(proxy) };
        _client = new HttpClient(handler);
        _sessions = new DigestSessions(new UserCredentials(userName, password), () => RandomNumberGenerator.GetHexString(32, lowercase: true));
        _proxy = proxy;
    }

    /// <summary>How many requests were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>The answer that was sent last.</summary>
    public string? LastAnswer { get; private set; }

    /// <summary>The session that answers, once there is one.</summary>
    public DigestSession? Session { get; private set; }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, string? body, CancellationToken cancellationToken)
    {
        Url target = RequestsAsync.Url.Parse(url);
        DigestFlow flow = new(_sessions, _proxy?.ToString() ?? url, isProxy: _proxy is not null);
        while (true)
        {
            using HttpRequestMessage request = Make(method, target, body, flow.Session);
            HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
            Sent++;

            bool isChallenge = response.StatusCode == (_proxy is null ? HttpStatusCode.Unauthorized : HttpStatusCode.ProxyAuthenticationRequired);
            string field = _proxy is null ? "WWW-Authenticate" : "Proxy-Authenticate";
            if (!isChallenge || !flow.Accept(ChallengeParser.Parse(response.Headers.NonValidated[field]))) return response;
            response.Dispose();
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Make(HttpMethod method, Url url, string? body, DigestSession? session)
    {
        HttpRequestMessage request = new(method, url.ToUri());
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8);
        if (session is null) return request;

        // A plain GET goes to a proxy with its whole URL (RFC 9112 §3.2.2), and the answer covers the target as it is sent.
        string target = _proxy is null ? url.PathAndQuery : url.Href;
        string? bodyHash = session.NeedsBodyHash ? session.Algorithm.Hash(body ?? "") : null;
        LastAnswer = session.Authorize(method.Method, target, bodyHash);
        Session = session;
        request.Headers.TryAddWithoutValidation(_proxy is null ? "Authorization" : "Proxy-Authorization", LastAnswer);
        return request;
    }
}
