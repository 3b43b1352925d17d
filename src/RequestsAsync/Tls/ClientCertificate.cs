using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>A certificate with its private key, which proves to servers who this client is.</summary>
/// <remarks>
/// The intermediate certificates of the same file are sent along. Files are read when a session is made: a session that is made later has the renewed one.
/// </remarks>
public abstract class ClientCertificate
{
    private protected ClientCertificate()
    {
    }

    /// <summary>A certificate in PEM, as <c>cert=</c> of <c>requests</c> takes it.</summary>
    /// <param name="certificatePath">The file that holds the certificate, and after it the intermediate ones.</param>
    /// <param name="keyPath">The file that holds its private key; <see langword="null"/> where the same file does.</param>
    /// <param name="password">What the key is encrypted with (PKCS #8, <c>BEGIN ENCRYPTED PRIVATE KEY</c>). A key that is not encrypted needs none.</param>
    /// <exception cref="ArgumentException"><paramref name="certificatePath"/> is <see langword="null"/> or empty.</exception>
    public static ClientCertificate FromPem(string certificatePath, string? keyPath = null, string? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(certificatePath);
        return new PemClientCertificate(certificatePath, keyPath ?? certificatePath, password);
    }

    /// <summary>A certificate in PKCS #12: a file that ends in <c>.pfx</c> or <c>.p12</c>.</summary>
    /// <param name="path">The file, which holds the private key too.</param>
    /// <param name="password">Its password.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is <see langword="null"/> or empty.</exception>
    public static ClientCertificate FromPfx(string path, string? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new PfxClientCertificate(path, password);
    }

    /// <summary>A certificate of the caller's, from a store for example.</summary>
    /// <param name="certificate">The certificate, with its private key. A session takes a copy when it is made; it stays its owner's to dispose.</param>
    /// <exception cref="ArgumentNullException"><paramref name="certificate"/> is <see langword="null"/>.</exception>
    public static ClientCertificate From(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new GivenClientCertificate(certificate);
    }

    /// <inheritdoc cref="From"/>
    [return: NotNullIfNotNull(nameof(certificate))]
    public static implicit operator ClientCertificate?(X509Certificate2? certificate) => certificate is null ? null : From(certificate);

    /// <summary>The certificate with its key first, then what is sent along. They are the caller's to dispose.</summary>
    /// <exception cref="InvalidRequestException">A file cannot be read, the password is wrong, or there is no private key.</exception>
    internal abstract X509Certificate2Collection Load();
}
