using System.Net.Security;
using System.Security.Authentication;

namespace RequestsAsync.Tests;

public sealed class TlsOptionsTests : IDisposable
{
    private readonly TestAuthority _root = new();
    private readonly TemporaryFile _noCertificates = new("ca.pem", "nothing");
    private readonly TemporaryFile _broken = new("ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

    public void Dispose()
    {
        _root.Dispose();
        _noCertificates.Dispose();
        _broken.Dispose();
    }

    [Theory]
    [InlineData("version", "it must be SslProtocols.Tls12 or SslProtocols.Tls13")]
    [InlineData("cipher suites", "TlsOptions.CipherSuites is empty")]
    [InlineData("cipher suites of old", "which TlsOptions.MinimumVersion demands")]
    [InlineData("no trust", "no server could be trusted")]
    [InlineData("missing file", "cannot be read")]
    [InlineData("no certificates", "holds no certificate in PEM")]
    [InlineData("broken", "holds a certificate that cannot be read")]
    [InlineData("intermediate only", "Add the root.")]
    [InlineData("server name", "'a b' in TlsOptions.ServerNames is no host")]
    [InlineData("host of a server name", "'a:1' in TlsOptions.ServerNames is no host")]
    public void What_makes_no_sense_is_refused_before_anything_is_sent(string kind, string told)
    {
        TlsOptions options = kind switch
        {
            "version" => new() { MinimumVersion = SslProtocols.Tls12 | SslProtocols.Tls13 },
            "cipher suites" => new() { CipherSuites = [] },
            "cipher suites of old" => new() { MinimumVersion = SslProtocols.Tls13, CipherSuites = [TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256] },
            "no trust" => new() { TrustsSystem = false },
            "missing file" => new() { Ca = { "/none/ca.pem" } },
            "no certificates" => new() { Ca = { _noCertificates.FullPath } },
            "broken" => new() { Ca = { _broken.FullPath } },
            "intermediate only" => new() { Ca = { _root.Intermediate().Certificate } },
            "server name" => new() { ServerNames = { ["a.example"] = "a b" } },
            _ => new() { ServerNames = { ["a:1"] = "a.example" } },
        };

        Assert.Contains(told, Assert.Throws<InvalidRequestException>(() => new TlsHandshake(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_is_taken()
    {
        await using TlsServer server = new(_root.Issue("api.example"));
        TlsOptions options = new() { Ca = { _root.Certificate } };
        await using TlsClient client = new(options);
        options.Ca.Clear();
        options.Pins["*"] = ["nonsense"];
        options.ServerNames["api.example"] = "other.example";

        await client.ConnectAsync(server.Port, "api.example");
    }

    [Fact]
    public void Collections_may_be_left_out()
    {
        using TlsHandshake handshake = new(new() { Ca = null!, Pins = null!, ServerNames = null! });
        using TlsHandshake unchecked_ = new(new() { Verify = false, TrustsSystem = false, CipherSuites = [TlsCipherSuite.TLS_AES_128_GCM_SHA256] });
    }
}
