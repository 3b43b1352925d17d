using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Tests;

/// <summary>The rule knows failures by their causes, and these are as the runtime makes them.</summary>
public sealed class RetryWireTests
{
    [Fact]
    public async Task Nobody_listens()
    {
        await using FaultyServer refusing = FaultyServer.StartRefusing();
        await AssertFailsAsync<ConnectException>(refusing.Url, repeatsGet: true, repeatsPost: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handshake_that_is_cut_off(bool reset)
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadTextAsync(5);
            if (reset) connection.Reset();
        });
        await AssertFailsAsync<TlsException>(server.SecureUrl, repeatsGet: true, repeatsPost: true);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls()
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadBytes(5)
            .Write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
        await AssertFailsAsync<TlsException>(server.SecureUrl, repeatsGet: false, repeatsPost: false);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for()
    {
        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using FaultyServer server = FaultyServer.Start(script => script.UseTls(certificate).ReadBytes(1));
        await AssertFailsAsync<TlsException>(server.SecureUrl, repeatsGet: false, repeatsPost: false);
        Assert.Equal(2, server.ConnectionCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")]
    public async Task A_connection_that_is_lost(string sent)
    {
        await using FaultyServer server = FaultyServer.Start(sent);
        await AssertFailsAsync<ConnectionLostException>(server.Url, repeatsGet: true, repeatsPost: false);
    }

    [Fact]
    public async Task An_answer_that_is_not_http()
    {
        await using FaultyServer server = FaultyServer.Start("220 mail.example ready\r\n\r\n");
        await AssertFailsAsync<ProtocolException>(server.Url, repeatsGet: false, repeatsPost: false);
    }

    [Theory]
    [InlineData("http://origin.test/")]
    [InlineData("https://origin.test/")]
    public async Task A_proxy_that_is_away(string url)
    {
        await using FaultyServer refusing = FaultyServer.StartRefusing();
        await AssertFailsAsync<ProxyException>(url, repeatsGet: true, repeatsPost: true, proxy: refusing.Url);
    }

    [Fact]
    public async Task A_proxy_that_resets()
    {
        await using FaultyServer proxy = FaultyServer.Start(script => script.ReadHead().Reset());
        await AssertFailsAsync<ProxyException>("https://origin.test/", repeatsGet: true, repeatsPost: true, proxy.Url);
    }

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    public async Task A_proxy_that_refuses(string answer)
    {
        await using FaultyServer proxy = FaultyServer.Start(answer);
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
}
