using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>A client certificate that the caller has at hand.</summary>
internal sealed class GivenClientCertificate(X509Certificate2 certificate) : ClientCertificate
{
    public override string ToString() => certificate.Subject;

    internal override X509Certificate2Collection Load() => certificate.HasPrivateKey
        ? [new X509Certificate2(certificate)]
        : throw new InvalidRequestException($"The client certificate {certificate.Subject} has no private key. Load it together with its key: ClientCertificate.FromPem or FromPfx.");
}
