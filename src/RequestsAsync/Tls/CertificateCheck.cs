using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>Judges the certificate of one handshake, and keeps what is wrong with it for the exception.</summary>
/// <param name="settings">What is trusted.</param>
/// <param name="host">The host of the URL.</param>
/// <param name="expectedName">The name that the certificate must be for.</param>
internal sealed class CertificateCheck(TlsSettings settings, string host, string expectedName)
{
    /// <summary>Why the certificate was refused, or <see langword="null"/>.</summary>
    public string? Problem { get; private set; }

    /// <summary>The runtime's <see cref="RemoteCertificateValidationCallback"/>.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 own || chain is null) Problem = $"{host} showed no certificate.";
        else if (settings.Verifies) Problem = Judge(own, chain, errors);
        else Problem = FindPinFault(own, chain: null);

        return Problem is null;
    }

    private string? Judge(X509Certificate2 own, X509Chain chain, SslPolicyErrors errors)
    {
        X509Chain? second = settings.HasSecondOpinion && CertificateFault.IsUnknownAuthority(chain)
            ? settings.BuildWithAuthorities(own, chain.ChainPolicy.ExtraStore)
            : null;
        try
        {
            X509Chain judged = second ?? chain;
            bool isSound = second is null ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) : CertificateFault.IsSound(second);
            string? mismatched = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? expectedName : null;
            return mismatched is null && isSound
                ? FindPinFault(own, judged)
                : CertificateFault.Describe(own, judged, host, mismatched, settings.TrustsSystem);
        }
        finally
        {
            if (second is not null) Release(second);
        }
    }

    private string? FindPinFault(X509Certificate2 own, X509Chain? chain)
    {
        if (settings.Pins.Find(host) is not { } pins) return null;

        List<string> found = []; // what the server has, so that it can be compared
        int count = chain?.ChainElements.Count ?? 1;
        for (int i = 0; i < count; i++)
        {
            X509Certificate2 certificate = chain?.ChainElements[i].Certificate ?? own;
            string pin = PinRules.Of(certificate);
            if (pins.Contains(pin)) return null;
            found.Add($"{pin} ({CertificateWords.SubjectOf(certificate)})");
        }

        return $"no key of {host} is one of its pins in {PinRules.Option}. Its certificates have {string.Join(", ", found)}.";
    }

    private static void Release(X509Chain chain)
    {
        foreach (X509ChainElement element in chain.ChainElements)
            element.Certificate.Dispose();

        chain.Dispose();
    }
}
