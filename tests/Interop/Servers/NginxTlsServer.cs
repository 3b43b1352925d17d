using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Interop;

/// <summary>nginx with TLS, HTTP/2, and a place for clients that have a certificate.</summary>
public sealed class NginxTlsServer : RealServer
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The authority of the server's certificate, and of the clients'.</summary>
    public X509Certificate2 Authority { get; private set; } = null!;

    /// <summary>A client's certificate with its key.</summary>
    public X509Certificate2 Client { get; private set; } = null!;

    protected override string Packages => "nginx-light";

    protected override string Program => "nginx";

    protected override IEnumerable<string> Arguments => ["-e", $"{Root}/start.log", "-p", Root, "-c", $"{Root}/nginx.conf"];

    /// <summary>The server's URL with TLS.</summary>
    public string SecureUrl(string path) => Url(path).Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal);

    private protected override void Configure(ScratchFolder scratch)
    {
        CertificateRequest authority = new("CN=Interop Root", _key, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        authority.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authority.PublicKey, critical: false));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Authority = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));

        (X509Certificate2 server, string key) = Issue("localhost");
        scratch.Write("cert.pem", server.ExportCertificatePem());
        scratch.Write("key.pem", key);
        scratch.Write("ca.pem", Authority.ExportCertificatePem());
        (X509Certificate2 client, string clientKey) = Issue("ana");
        Client = X509Certificate2.CreateFromPem(client.ExportCertificatePem(), clientKey);
        scratch.Write("www/plain.txt", NginxServer.Plain);
        scratch.Write("www/big.bin", NginxServer.Big);
        scratch.Write("nginx.conf", NginxConfiguration.Of(Root, $$"""
            server {
              listen 127.0.0.1:{{Port}} ssl http2;
              server_name localhost;
              ssl_certificate {{Root}}/cert.pem;
              ssl_certificate_key {{Root}}/key.pem;
              ssl_client_certificate {{Root}}/ca.pem;
              ssl_verify_client optional;
              client_max_body_size 1k;
              root {{Root}}/www;
              location = /client { return 200 "$ssl_client_verify $ssl_client_s_dn $ssl_protocol $server_protocol"; }
              location = /upload { return 200 "$request_length"; }
              location / { add_header X-Protocol $server_protocol; }
            }
            """));
    }

    private (X509Certificate2 Certificate, string Key) Issue(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return (request.Create(Authority, now.AddDays(-1).AddMinutes(1), now.AddDays(1), RandomNumberGenerator.GetBytes(8)), key.ExportPkcs8PrivateKeyPem());
    }
}
