using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>One or many certificates that are trusted to vouch for servers.</summary>
/// <remarks>A path of a PEM file converts, and so does a certificate: <c>Ca = { "corp-ca.pem" }</c>.</remarks>
public sealed class CertificateAuthority
{
    private readonly string? _path;
    private readonly X509Certificate2? _certificate;

    internal string? FilePath => _path;

    private CertificateAuthority(string? path, X509Certificate2? certificate)
    {
        _path = path;
        _certificate = certificate;
    }

    /// <summary>All certificates of a PEM file. It is read when a session is made.</summary>
    /// <param name="path">The file; what it holds beside certificates does not matter.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is <see langword="null"/> or empty.</exception>
    public static CertificateAuthority FromPem(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(path, certificate: null);
    }

    /// <summary>One certificate.</summary>
    /// <param name="certificate">The certificate. A session takes a copy when it is made; it stays its owner's to dispose.</param>
    /// <exception cref="ArgumentNullException"><paramref name="certificate"/> is <see langword="null"/>.</exception>
    public static CertificateAuthority From(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new(path: null, certificate);
    }

    /// <inheritdoc cref="FromPem"/>
    public static implicit operator CertificateAuthority(string path) => FromPem(path);

    /// <inheritdoc cref="From"/>
    [return: NotNullIfNotNull(nameof(certificate))]
    public static implicit operator CertificateAuthority?(X509Certificate2? certificate) => certificate is null ? null : From(certificate);

    /// <summary>The path, or the certificate's subject.</summary>
    public override string ToString() => _path ?? _certificate!.Subject;

    /// <summary>Adds the certificates to those given. They are the caller's to dispose.</summary>
    /// <exception cref="InvalidRequestException">The file cannot be read, or holds no certificate.</exception>
    internal void LoadInto(X509Certificate2Collection certificates)
    {
        if (_certificate is not null)
        {
            certificates.Add(new X509Certificate2(_certificate));
            return;
        }

        int before = certificates.Count;
        try
        {
            certificates.ImportFromPem(CertificateFile.ReadText(_path!));
        }
        catch (CryptographicException e)
        {
            throw new InvalidRequestException($"The file '{_path}' of TlsOptions.Ca holds a certificate that cannot be read: {e.Message}", e);
        }

        if (certificates.Count == before)
            throw new InvalidRequestException($"The file '{_path}' of TlsOptions.Ca holds no certificate in PEM, which begins with '-----BEGIN CERTIFICATE-----'.");
    }
}
