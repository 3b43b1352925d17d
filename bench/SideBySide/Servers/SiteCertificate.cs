using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.SideBySide;

/// <summary>An authority and a certificate for localhost, made for one run.</summary>
internal sealed class SiteCertificate
{
    private SiteCertificate(string authority, string certificate, string key) => (Authority, Certificate, Key) = (authority, certificate, key);

    /// <summary>The authority's certificate, as PEM.</summary>
    public string Authority { get; }

    /// <summary>The server's certificate, as PEM.</summary>
    public string Certificate { get; }

    /// <summary>The server's key, as PEM.</summary>
    public string Key { get; }

    public static SiteCertificate Create()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest authorityRequest = new("CN=Side by side", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        authorityRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, critical: false));
        using X509Certificate2 authority = authorityRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(authority, now.AddDays(-1).AddMinutes(1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));

        return new SiteCertificate(authority.ExportCertificatePem(), certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
