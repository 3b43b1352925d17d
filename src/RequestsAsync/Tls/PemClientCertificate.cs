using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>A client certificate in PEM files.</summary>
internal sealed class PemClientCertificate(string certificatePath, string keyPath, string? password) : ClientCertificate
{
    internal string CertificatePath => certificatePath;

    internal string KeyPath => keyPath;

    internal string? Password => password;

    public override string ToString() => certificatePath;

    internal override X509Certificate2Collection Load()
    {
        string certificates = CertificateFile.ReadText(certificatePath);
        string key = keyPath == certificatePath ? certificates : CertificateFile.ReadText(keyPath);
        bool isEncrypted = key.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        CheckKey(key, isEncrypted);

        X509Certificate2Collection chain = [];
        try
        {
            chain.ImportFromPem(certificates);
            if (chain.Count == 0)
                throw new InvalidRequestException($"The file '{certificatePath}' holds no certificate in PEM, which begins with '-----BEGIN CERTIFICATE-----'.");

            X509Certificate2 own = isEncrypted
                ? X509Certificate2.CreateFromEncryptedPem(certificates, key, password)
                : X509Certificate2.CreateFromPem(certificates, key);
            chain[0].Dispose();
            chain[0] = OperatingSystem.IsWindows() ? WithStoredKey(own) : own;
            return chain;
        }
        catch (Exception e)
        {
            foreach (X509Certificate2 certificate in chain)
                certificate.Dispose();

            if (e is not (CryptographicException or ArgumentException)) throw;
            string hint = isEncrypted ? "Is the password right, and does the key belong to the first certificate?" : "Does the key belong to the first certificate?";
            throw new InvalidRequestException($"The client certificate '{certificatePath}' with the key of '{keyPath}' cannot be loaded: {e.Message} {hint}", e);
        }
    }

    private void CheckKey(string key, bool isEncrypted)
    {
        if (isEncrypted)
        {
            if (password is null) throw new InvalidRequestException($"The private key of '{keyPath}' is encrypted: give its password to ClientCertificate.FromPem.");
        }
        else if (key.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            // OpenSSL's own encryption of old (RFC 1421's headers), which the runtime does not read.
            throw new InvalidRequestException(
                $"The private key of '{keyPath}' is encrypted in OpenSSL's old format. Convert it to PKCS #8: openssl pkcs8 -topk8 -in old.pem -out new.pem");
        }
        else if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new InvalidRequestException($"The file '{keyPath}' holds no private key in PEM. Name the file that does: ClientCertificate.FromPem(certificatePath, keyPath).");
        }
    }

    // SChannel signs with keys of a store only, and one that was read from PEM is in none.
    private static X509Certificate2 WithStoredKey(X509Certificate2 certificate)
    {
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
