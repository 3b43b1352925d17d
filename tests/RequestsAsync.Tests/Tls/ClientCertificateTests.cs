using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Tests;

public sealed class ClientCertificateTests : IDisposable
{
    private const string Host = "api.example";
    private const string Password = "s3cret";

    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    private readonly TestAuthority _root = new();
    private readonly TestAuthority _intermediate;
    private readonly X509Certificate2 _mine;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public ClientCertificateTests()
    {
        _intermediate = _root.Intermediate();
        _mine = _intermediate.IssueForClient("me");
    }

    private string Chain => $"{_mine.ExportCertificatePem()}\n{_intermediate.Certificate.ExportCertificatePem()}";

    private string Key => _mine.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    private string EncryptedKey => _mine.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(Password, Encryption);

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _root.Dispose();
    }

    [Theory]
    [InlineData("one file", SslProtocols.Tls13)]
    [InlineData("one file, key first", SslProtocols.Tls12)]
    [InlineData("two files", SslProtocols.Tls12)]
    [InlineData("encrypted", SslProtocols.Tls13)]
    [InlineData("encrypted apart", SslProtocols.Tls13)]
    [InlineData("password for nothing", SslProtocols.Tls13)]
    [InlineData("pfx", SslProtocols.Tls13)]
    [InlineData("pfx with password", SslProtocols.Tls12)]
    public async Task The_server_meets_it_and_its_chain(string kind, SslProtocols version)
    {
        ClientCertificate certificate = kind switch
        {
            "one file" => ClientCertificate.FromPem(Write($"{Chain}\n{Key}")),
            "one file, key first" => ClientCertificate.FromPem(Write($"{Key}\n{Chain}")),
            "two files" => ClientCertificate.FromPem(Write(Chain), Write(Key)),
            "encrypted" => ClientCertificate.FromPem(Write($"{Chain}\n{EncryptedKey}"), password: Password),
            "encrypted apart" => ClientCertificate.FromPem(Write(Chain), Write(EncryptedKey), Password),
            "password for nothing" => ClientCertificate.FromPem(Write(Chain), Write(Key), Password),
            "pfx" => ClientCertificate.FromPfx(Write(Pfx(password: null))),
            _ => ClientCertificate.FromPfx(Write(Pfx(Password)), Password),
        };

        Assert.Equal("CN=me", await MeetAsync(certificate, version));
    }

    [Fact]
    public async Task One_at_hand_converts_and_stays_its_owner_s()
    {
        using X509Certificate2 own = _root.IssueForClient("own");

        Assert.Equal("CN=own", await MeetAsync(own, SslProtocols.Tls13));
        Assert.Equal("CN=own", await MeetAsync(own, SslProtocols.Tls12));
        Assert.True(own.HasPrivateKey);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Where_it_is_demanded_and_missing_the_first_read_ends(SslProtocols version)
    {
        await using TlsServer server = Demanding(version);
        await using TlsClient client = new(new() { Ca = { _root.Certificate } });
        SslStream stream = await client.ConnectAsync(server.Port, Host);

        await Assert.ThrowsAnyAsync<IOException>(() => TlsClient.ReadAsync(stream));
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "missing", "cannot be read" },
        { "empty", "holds no private key in PEM" },
        { "key only", "holds no certificate in PEM" },
        { "no key", "holds no private key in PEM" },
        { "no password", "is encrypted: give its password" },
        { "wrong password", "Is the password right" },
        { "other key", "Does the key belong to the first certificate?" },
        { "broken", "cannot be loaded" },
        { "old encryption", "openssl pkcs8 -topk8" },
        { "pfx missing", "cannot be read" },
        { "pfx without password", "Perhaps it has a password" },
        { "pfx wrong password", "Is the password right?" },
        { "pfx without key", "holds no certificate with a private key" },
        { "pfx of text", "cannot be loaded" },
        { "given without key", "has no private key" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_cannot_be_loaded_is_told_without_the_password(string kind, string told)
    {
        using X509Certificate2 withoutKey = X509CertificateLoader.LoadCertificate(_mine.RawData);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ClientCertificate certificate = kind switch
        {
            "missing" => ClientCertificate.FromPem(Path.Combine(_folder.FullName, "none.pem")),
            "empty" => ClientCertificate.FromPem(Write("")),
            "key only" => ClientCertificate.FromPem(Write(Key)),
            "no key" => ClientCertificate.FromPem(Write(Chain)),
            "no password" => ClientCertificate.FromPem(Write(Chain), Write(EncryptedKey)),
            "wrong password" => ClientCertificate.FromPem(Write(Chain), Write(EncryptedKey), "hunter2"),
            "other key" => ClientCertificate.FromPem(Write(Chain), Write(other.ExportPkcs8PrivateKeyPem())),
            "broken" => ClientCertificate.FromPem(Write("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + Key)),
            "old encryption" => ClientCertificate.FromPem(Write(Chain), Write("-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n"), "hunter2"),
            "pfx missing" => ClientCertificate.FromPfx(Path.Combine(_folder.FullName, "none.pfx")),
            "pfx without password" => ClientCertificate.FromPfx(Write(Pfx(Password))),
            "pfx wrong password" => ClientCertificate.FromPfx(Write(Pfx(Password)), "hunter2"),
            "pfx without key" => ClientCertificate.FromPfx(Write(withoutKey.Export(X509ContentType.Pkcs12))),
            "pfx of text" => ClientCertificate.FromPfx(Write("no certificate"), "hunter2"),
            _ => withoutKey,
        };

        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => new TlsHandshake(new() { ClientCertificate = certificate }));

        Assert.Contains(told, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", certificate.ToString(), StringComparison.Ordinal);
    }

    private async Task<string?> MeetAsync(ClientCertificate certificate, SslProtocols version)
    {
        await using TlsServer server = Demanding(version);
        await using TlsClient client = new(new() { Ca = { _root.Certificate }, ClientCertificate = certificate });
        Assert.Equal("hello", await TlsClient.ReadAsync(await client.ConnectAsync(server.Port, Host)));
        return (await server.MetAsync()).Subject;
    }

    // Knows the root alone: the intermediate has to be sent.
    private TlsServer Demanding(SslProtocols version) => new(_root.Issue(Host), configure: options =>
    {
        options.EnabledSslProtocols = version;
        options.ClientCertificateRequired = true;
        options.CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { _root.Certificate },
        };
    });

    private byte[] Pfx(string? password)
    {
        X509Certificate2Collection all = [X509CertificateLoader.LoadCertificate(_intermediate.Certificate.RawData), _mine];
        return all.Export(X509ContentType.Pkcs12, password)!;
    }

    private string Write(string text) => Write(System.Text.Encoding.ASCII.GetBytes(text));

    private string Write(byte[] content)
    {
        string path = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        File.WriteAllBytes(path, content);
        return path;
    }
}
