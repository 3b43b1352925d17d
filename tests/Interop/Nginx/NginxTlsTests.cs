using System.Net;

namespace RequestsAsync.Interop;

/// <summary>nginx over TLS and HTTP/2: trust, client certificates, many streams, and an upload that it refuses while it comes.</summary>
public sealed class NginxTlsTests(NginxTlsServer server) : IClassFixture<NginxTlsServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Http_2_is_agreed_on()
    {
        string url = server.SecureUrl("/plain.txt");
        await using Session session = Trusting();

        Response response = await session.GetAsync(url, cancellationToken: Cancellation);

        Assert.Equal(NginxServer.Plain, response.Text);
        Assert.Equal(HttpVersion.Version20, response.HttpVersion);
        Assert.Equal("HTTP/2.0", response.Headers["X-Protocol"]);
        Assert.Equal("CN=localhost", response.Tls!.Subject);
    }

    [Fact]
    public async Task The_blocking_verbs_speak_http_1()
    {
        string url = server.SecureUrl("/plain.txt");
        await using Session session = Trusting();

        Response response = await Task.Factory.StartNew(() => session.Get(url), Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Equal("HTTP/1.1", response.Headers["X-Protocol"]);
    }

    [Fact]
    public async Task An_unknown_authority_is_refused_and_named()
    {
        string url = server.SecureUrl("/plain.txt");
        await using Session session = new();

        TlsException e = await Assert.ThrowsAsync<TlsException>(() => session.GetAsync(url, cancellationToken: Cancellation));

        Assert.Contains("CN=Interop Root", e.Message);
    }

    [Fact]
    public async Task A_client_shows_who_it_is()
    {
        string url = server.SecureUrl("/client");
        await using Session known = new(new() { Tls = new() { Ca = { server.Authority }, ClientCertificate = server.Client } });
        await using Session unknown = Trusting();

        Assert.StartsWith("SUCCESS CN=ana TLSv1", (await known.GetAsync(url, cancellationToken: Cancellation)).Text, StringComparison.Ordinal);
        Assert.StartsWith("NONE", (await unknown.GetAsync(url, cancellationToken: Cancellation)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_streams_share_few_connections()
    {
        string url = server.SecureUrl("/big.bin");
        await using Session session = Trusting();

        IReadOnlyList<Response> all = await session.GatherAsync(Enumerable.Repeat(url, 60), new() { MaxConcurrency = 30 }, Cancellation);

        Assert.All(all, response => Assert.True(response.Content.Span.SequenceEqual(NginxServer.Big)));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task An_upload_that_is_too_large_is_answered(string version)
    {
        string url = server.SecureUrl("/plain.txt");
        await using Session session = Trusting();

        for (int i = 0; i < 5; i++)
        {
            Response response = await session.PostAsync(url, new() { Content = new byte[20 << 20], HttpVersion = Version.Parse(version) }, Cancellation);

            Assert.Equal(413, response.StatusCode);
        }
    }

    private Session Trusting() => new(new() { Tls = new() { Ca = { server.Authority } } });
}
