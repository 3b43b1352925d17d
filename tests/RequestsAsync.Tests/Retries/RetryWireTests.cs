using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Tests;

/// <summary>The rule knows failures by their causes, and these are as the runtime makes them.</summary>
public sealed class RetryWireTests
{
    [Fact]
    public async Task Nobody_listens()
    {
        using Socket bound = Bound();
        await AssertFailsAsync<ConnectException>($"http://{bound.LocalEndPoint}/", repeatsGet: true, repeatsPost: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handshake_that_is_cut_off(bool reset)
    {
        await using RawServer server = new(async connection =>
        {
            await connection.ReadAsync(5);
            if (reset) connection.Reset();
        });
        await AssertFailsAsync<TlsException>(Secure(server.Url), repeatsGet: true, repeatsPost: true);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls()
    {
        await using RawServer server = new(async connection =>
        {
            await connection.ReadAsync(5);
            await connection.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
        await AssertFailsAsync<TlsException>(Secure(server.Url), repeatsGet: false, repeatsPost: false);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, calls: 2);
        await AssertFailsAsync<TlsException>($"https://{listener.LocalEndpoint}/", repeatsGet: false, repeatsPost: false);
        await serving;
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")]
    public async Task A_connection_that_is_lost(string sent)
    {
        await using RawServer server = new(sent);
        await AssertFailsAsync<ConnectionLostException>(server.Url, repeatsGet: true, repeatsPost: false);
    }

    [Fact]
    public async Task An_answer_that_is_not_http()
    {
        await using RawServer server = new("220 mail.example ready\r\n\r\n");
        await AssertFailsAsync<ProtocolException>(server.Url, repeatsGet: false, repeatsPost: false);
    }

    [Theory]
    [InlineData("http://origin.test/")]
    [InlineData("https://origin.test/")]
    public async Task A_proxy_that_is_away(string url)
    {
        using Socket bound = Bound();
        await AssertFailsAsync<ProxyException>(url, repeatsGet: true, repeatsPost: true, proxy: $"http://{bound.LocalEndPoint}");
    }

    [Fact]
    public async Task A_proxy_that_resets()
    {
        await using RawServer proxy = new(async connection =>
        {
            await connection.ReadHeadAsync();
            connection.Reset();
        });
        await AssertFailsAsync<ProxyException>("https://origin.test/", repeatsGet: true, repeatsPost: true, proxy.Url);
    }

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    public async Task A_proxy_that_refuses(string answer)
    {
        await using RawServer proxy = new(answer);
        await AssertFailsAsync<ProxyException>("https://origin.test/", repeatsGet: false, repeatsPost: false, proxy.Url);
    }

    private static async Task AssertFailsAsync<T>(string url, bool repeatsGet, bool repeatsPost, string? proxy = null)
        where T : RequestException
    {
        await using Session session = new(new() { Proxy = proxy is null ? null : new Proxy(proxy), TrustEnvironment = false });
        foreach ((HttpMethod method, bool repeats) in new[] { (HttpMethod.Get, repeatsGet), (HttpMethod.Post, repeatsPost) })
        {
            T failure = await Assert.ThrowsAsync<T>(() => session.SendAsync(method.Method, url));
            Assert.True(repeats == RetryRule.AfterFailure(Retry.Default, method, failure).MayRetry, failure.ToString());
        }
    }

    private static string Secure(string url) => url.Replace("http:", "https:", StringComparison.Ordinal);

    // Bound and not listening: the port refuses, and nobody else gets it.
    private static Socket Bound()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static async Task ServeAsync(TcpListener listener, int calls)
    {
        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        for (int i = 0; i < calls; i++)
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await using SslStream tls = new(client.GetStream());
            try
            {
                await tls.AuthenticateAsServerAsync(certificate);
                _ = await tls.ReadAsync(new byte[1]);
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client does not trust the certificate.
            }
        }
    }
}
