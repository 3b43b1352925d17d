using System.Net.Security;
using System.Security.Authentication;

namespace RequestsAsync.Tests;

/// <summary>What a handshake agrees on.</summary>
public sealed class HandshakeTests : IDisposable
{
    private const string Host = "api.example";

    private readonly TestAuthority _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData(AlpnOffer.Http11, "h2,http/1.1", "http/1.1")]
    [InlineData(AlpnOffer.Http2OrHttp11, "h2,http/1.1", "h2")]
    [InlineData(AlpnOffer.Http2OrHttp11, "http/1.1", "http/1.1")]
    [InlineData(AlpnOffer.Http2OrHttp11, "", null)]
    [InlineData(AlpnOffer.Http2, "h2,http/1.1", "h2")]
    internal async Task The_version_of_http_is_agreed_on(AlpnOffer offer, string spoken, string? agreed)
    {
        await using TlsServer server = new(_root.Issue(Host), configure: options =>
            options.ApplicationProtocols = [.. spoken.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => new SslApplicationProtocol(name))]);
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });

        Assert.Equal(agreed, TlsInfo.Of(await client.ConnectAsync(server.Port, Host, offer)).ApplicationProtocol);
    }

    [Theory]
    [InlineData("http/1.1", "api.example speaks none of the protocols that were offered: h2.")]
    [InlineData("", "api.example does not speak HTTP/2, and nothing else was offered.")]
    public async Task Http_2_alone_is_a_demand(string spoken, string told)
    {
        await using TlsServer server = new(_root.Issue(Host), configure: options => options.ApplicationProtocols = spoken.Length == 0 ? null : [new(spoken)]);
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });

        Assert.Equal(told, await client.FailAsync(server.Port, Host, AlpnOffer.Http2));
    }

    [Theory]
    [InlineData("api.example", "api.example")]
    [InlineData("api.example.", "api.example")]
    [InlineData("127.0.0.1", "")]
    [InlineData("[::1]", "")]
    public async Task Names_are_sent_and_addresses_are_not(string host, string sent)
    {
        await using TlsServer server = new(_root.Issue(Host, "127.0.0.1", "::1"));
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });
        await client.ConnectAsync(server.Port, host);

        Assert.Equal(sent, (await server.MetAsync()).ServerName);
    }

    [Fact]
    public async Task Another_name_is_sent_and_expected()
    {
        await using TlsServer server = new(_root.Issue("api.internal"));
        await using TlsServer wrong = new(_root.Issue("10.0.0.5"));
        await using TlsClient client = new(new() { Ca = { _root.Certificate }, ServerNames = { ["10.0.0.5"] = "API.internal." } });
        await client.ConnectAsync(server.Port, "10.0.0.5");

        Assert.Equal("api.internal", (await server.MetAsync()).ServerName);
        Assert.EndsWith("of 10.0.0.5 (CN=10.0.0.5) is not accepted: it is for 10.0.0.5, not for api.internal.", await client.FailAsync(wrong.Port, "10.0.0.5"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls12, SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls13, SslProtocols.Tls13)]
    public async Task The_newest_version_is_agreed_on(SslProtocols? minimum, SslProtocols agreed)
    {
        await using TlsServer server = new(_root.Issue(Host));
        await using TlsClient client = new(new() { Ca = { _root.Certificate }, MinimumVersion = minimum });

        Assert.Equal(agreed, (await client.ConnectAsync(server.Port, Host)).SslProtocol);
    }

    [Fact]
    public async Task An_older_server_is_told_as_such()
    {
        await using TlsServer server = new(_root.Issue(Host), configure: options => options.EnabledSslProtocols = SslProtocols.Tls12);
        await using TlsClient client = new(new() { Ca = { _root.Certificate }, MinimumVersion = SslProtocols.Tls13 });
        await using TlsClient milder = new(new() { Ca = { _root.Certificate }, MinimumVersion = SslProtocols.Tls12 });

        Assert.Equal("api.example speaks no version of TLS that is allowed (TLS 1.3 at least). Its versions are older.", await client.FailAsync(server.Port, Host));
        Assert.Equal(SslProtocols.Tls12, (await milder.ConnectAsync(server.Port, Host)).SslProtocol);
    }

    [Fact]
    public async Task Only_the_listed_cipher_suites_are_offered()
    {
        TlsOptions listed = new() { Ca = { _root.Certificate }, CipherSuites = [TlsCipherSuite.TLS_AES_128_GCM_SHA256] };
        if (OperatingSystem.IsWindows())
        {
            Assert.Throws<InvalidRequestException>(() => new TlsHandshake(listed));
            return;
        }

        CipherSuitesPolicy others = new([TlsCipherSuite.TLS_AES_256_GCM_SHA384]);
        await using TlsServer server = new(_root.Issue(Host));
        await using TlsServer other = new(_root.Issue(Host), configure: options => options.CipherSuitesPolicy = others);
        await using TlsClient client = new(listed);

        Assert.Equal(TlsCipherSuite.TLS_AES_128_GCM_SHA256, (await client.ConnectAsync(server.Port, Host)).NegotiatedCipherSuite);
        Assert.Equal(
            "api.example shares no cipher suite with this client, or none that is strong enough for it: see TlsOptions.CipherSuites.",
            await client.FailAsync(other.Port, Host));
    }

    [Theory]
    [InlineData(null, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_AES_128_GCM_SHA256, SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256, SslProtocols.Tls13)]
    public async Task A_cipher_suite_brings_its_version(SslProtocols? minimum, TlsCipherSuite suite, SslProtocols agreed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no list of cipher suites");
        await using TlsServer server = new(_root.Issue(Host));
        await using TlsClient client = new(new() { Ca = { _root.Certificate }, MinimumVersion = minimum, CipherSuites = [suite] });

        Assert.Equal(agreed, (await client.ConnectAsync(server.Port, Host)).SslProtocol);
    }

    [Fact]
    public async Task Cipher_suites_that_the_platform_lacks_are_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no list of cipher suites");
        await using TlsServer server = new(_root.Issue(Host));
        await using TlsClient client = new(new() { CipherSuites = [(TlsCipherSuite)0x9999] });

        Assert.Equal("the TLS handshake with api.example could not begin: the platform has none of TlsOptions.CipherSuites.", await client.FailAsync(server.Port, Host));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, false)]
    [InlineData(SslProtocols.Tls13, false)]
    [InlineData(SslProtocols.Tls13, true)]
    public async Task Sessions_are_resumed(SslProtocols version, bool hasClientCertificate)
    {
        string host = $"{version}-{hasClientCertificate}.resumed.example".ToLowerInvariant(); // the runtime keeps sessions for the process, by name
        TestAuthority intermediate = _root.Intermediate();
        await using TlsServer server = new(intermediate.Issue(host), [intermediate.Certificate], options => options.EnabledSslProtocols = version);
        await using TlsClient client = new(new()
        {
            Ca = { _root.Certificate },
            Pins = { [host] = [PinRules.Of(intermediate.Certificate)] },
            ClientCertificate = hasClientCertificate ? _root.IssueForClient("me") : null,
        });
        await TlsClient.ReadAsync(await client.ConnectAsync(server.Port, host)); // tickets of TLS 1.3 come after the handshake
        SslStream resumed = await client.ConnectAsync(server.Port, host);
        long first = (await server.MetAsync()).Sent;
        long second = (await server.MetAsync()).Sent;

        // No certificates were sent the second time, and they were checked again.
        Assert.True(second < first / 2, $"the server sent {first} and then {second} bytes");
        Assert.Equal($"CN={host}", TlsInfo.Of(resumed).Subject);
    }

    [Fact]
    public async Task What_was_agreed_on_can_be_told()
    {
        await using TlsServer server = new(_root.Issue(Host));
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });
        TlsInfo info = TlsInfo.Of(await client.ConnectAsync(server.Port, Host));

        Assert.Equal("CN=api.example", info.Subject);
        Assert.Equal("CN=Test Root", info.Issuer);
        Assert.Equal(TestAuthority.Today.AddDays(-30), info.NotBefore);
        Assert.Equal(TestAuthority.Today.AddDays(30), info.NotAfter);
        Assert.Equal($"Tls13, {info.CipherSuite}, h2; CN=api.example, issued by CN=Test Root, valid until {TestAuthority.Today.AddDays(30):yyyy-MM-dd} 00:00 UTC", info.ToString());
        using var mine = info.GetCertificate();
        Assert.Equal("CN=api.example", mine.Subject);
    }
}
