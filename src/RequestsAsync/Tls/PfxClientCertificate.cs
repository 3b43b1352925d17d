using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>A client certificate in a PKCS #12 file.</summary>
internal sealed class PfxClientCertificate(string path, string? password) : ClientCertificate
{
    internal string FilePath => path;

    internal string? Password => password;

    public override string ToString() => path;

    internal override X509Certificate2Collection Load()
    {
        X509Certificate2Collection all = Open();
        for (int i = 0; i < all.Count; i++)
        {
            if (!all[i].HasPrivateKey) continue;
            (all[0], all[i]) = (all[i], all[0]);
            return all;
        }

        foreach (X509Certificate2 certificate in all)
            certificate.Dispose();

        throw new InvalidRequestException($"The file '{path}' holds no certificate with a private key. Export it together with its key.");
    }

    private X509Certificate2Collection Open()
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12Collection(CertificateFile.ReadBytes(path), password);
        }
        catch (CryptographicException e)
        {
            string hint = password is null ? "Perhaps it has a password: give it to ClientCertificate.FromPfx." : "Is the password right?";
            throw new InvalidRequestException($"The client certificate '{path}' cannot be loaded: {e.Message} {hint}", e);
        }
    }
}
