using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Tests;

/// <summary>A certificate authority that lives as long as a test, and all that it issues with it.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly List<IDisposable> _issued = [];

    public TestAuthority(string name = "Test Root")
    {
        using ECDsa key = NewKey();
        Certificate = RequestForAuthority(name, key).CreateSelfSigned(Today.AddYears(-2), Today.AddYears(2));
    }

    private TestAuthority(X509Certificate2 certificate) => Certificate = certificate;

    public static DateTimeOffset Today { get; } = new(DateTimeOffset.UtcNow.UtcDateTime.Date, TimeSpan.Zero);

    public X509Certificate2 Certificate { get; }

    /// <summary>An authority below this one.</summary>
    public TestAuthority Intermediate(string name = "Test Intermediate", DateTimeOffset? notAfter = null)
    {
        using ECDsa key = NewKey();
        TestAuthority intermediate = new(Sign(RequestForAuthority(name, key), key, Today.AddYears(-1), notAfter ?? Today.AddYears(1)));
        _issued.Add(intermediate);
        return intermediate;
    }

    /// <summary>A server's certificate with its key.</summary>
    public X509Certificate2 Issue(params string[] names) => Issue(names, Today.AddDays(-30), Today.AddDays(30));

    public X509Certificate2 Issue(string[] names, DateTimeOffset notBefore, DateTimeOffset notAfter, string? revocationList = null)
    {
        using ECDsa key = NewKey();
        CertificateRequest request = RequestFor(names.FirstOrDefault("nobody"), names, key, ServerAuthentication);
        if (revocationList is not null) request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([revocationList]));
        return Keep(Sign(request, key, notBefore, notAfter));
    }

    /// <summary>A client's certificate with its key.</summary>
    public X509Certificate2 IssueForClient(string name)
    {
        using ECDsa key = NewKey();
        return Keep(Sign(RequestFor(name, [name], key, ClientAuthentication), key, Today.AddDays(-30), Today.AddDays(30)));
    }

    /// <summary>A server's certificate that no authority vouches for.</summary>
    public X509Certificate2 SelfSigned(string host, string? name = null)
    {
        using ECDsa key = NewKey();
        return Keep(RequestFor(name ?? host, [host], key, ServerAuthentication).CreateSelfSigned(Today.AddDays(-30), Today.AddDays(30)));
    }

    /// <summary>The list that takes a certificate back.</summary>
    public byte[] Revoke(X509Certificate2 certificate)
    {
        CertificateRevocationListBuilder list = new();
        list.AddEntry(certificate);
        return list.Build(Certificate, crlNumber: 1, Today.AddDays(30), HashAlgorithmName.SHA256, thisUpdate: Today.AddDays(-1));
    }

    public void Dispose()
    {
        foreach (IDisposable issued in _issued)
            issued.Dispose();

        Certificate.Dispose();
    }

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static X500DistinguishedName Named(string name)
    {
        X500DistinguishedNameBuilder builder = new();
        builder.AddCommonName(name);
        return builder.Build();
    }

    private static CertificateRequest RequestForAuthority(string name, ECDsa key)
    {
        CertificateRequest request = new(Named(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static CertificateRequest RequestFor(string name, string[] hosts, ECDsa key, string usage)
    {
        CertificateRequest request = new(Named(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        SubjectAlternativeNameBuilder alternatives = new();
        foreach (string host in hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? address)) alternatives.AddIpAddress(address);
            else alternatives.AddDnsName(host);
        }

        if (hosts.Length > 0) request.CertificateExtensions.Add(alternatives.Build());
        return request;
    }

    // By the name of the issuer and its key: given its certificate, the runtime would not let what is issued outlive it.
    private X509Certificate2 Sign(CertificateRequest request, ECDsa key, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using ECDsa own = Certificate.GetECDsaPrivateKey()!;
        byte[] serial = [1, .. RandomNumberGenerator.GetBytes(8)];
        using X509Certificate2 signed = request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(own), notBefore, notAfter, serial);
        return signed.CopyWithPrivateKey(key);
    }

    private X509Certificate2 Keep(X509Certificate2 certificate)
    {
        _issued.Add(certificate);
        return certificate;
    }
}
