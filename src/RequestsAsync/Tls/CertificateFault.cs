using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>Says why a server's certificate is not accepted, and what to do.</summary>
internal static class CertificateFault
{
    private const X509ChainStatusFlags UnknownAuthority = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
    private const X509ChainStatusFlags UnknownRevocation = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;
    private const X509ChainStatusFlags Told = X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.Revoked | UnknownAuthority | UnknownRevocation;

    /// <summary>Whether its authority is not known, whatever else is wrong.</summary>
    public static bool IsUnknownAuthority(X509Chain chain) => HasAny(FlagsOf(chain), UnknownAuthority);

    /// <summary>Whether the chain is in order.</summary>
    public static bool IsSound(X509Chain chain) => FlagsOf(chain) == X509ChainStatusFlags.NoError;

    /// <summary>The faults of a certificate that has some.</summary>
    /// <param name="certificate">The server's certificate.</param>
    /// <param name="chain">Its chain, as it was judged.</param>
    /// <param name="host">The host of the URL.</param>
    /// <param name="mismatched">The name that was expected and is not in it; <see langword="null"/> where the name is right.</param>
    /// <param name="trustsSystem">Whether the system's authorities count.</param>
    public static string Describe(X509Certificate2 certificate, X509Chain chain, string host, string? mismatched, bool trustsSystem)
    {
        X509ChainStatusFlags flags = FlagsOf(chain);
        List<string> reasons = [];
        string hint = "";
        if (mismatched is not null) reasons.Add($"it is for {CertificateWords.NamesOf(certificate)}, not for {mismatched}");
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid)) reasons.Add(OfTime(chain, ref hint));
        if (HasAny(flags, UnknownAuthority)) reasons.Add(OfAuthority(chain, flags, trustsSystem, ref hint));
        if (flags.HasFlag(X509ChainStatusFlags.Revoked)) reasons.Add("it was revoked");
        else if (HasAny(flags, UnknownRevocation)) reasons.Add("whether it was revoked cannot be learned");
        if ((flags & ~Told) is not X509ChainStatusFlags.NoError and var others) reasons.Add($"the platform finds it invalid: {others}");

        if (reasons.Count == 0) reasons.Add("the platform does not say why");
        return $"the certificate of {host} ({CertificateWords.SubjectOf(certificate)}) is not accepted: {string.Join("; ", reasons)}.{hint}";
    }

    private static bool HasAny(X509ChainStatusFlags flags, X509ChainStatusFlags some) => (flags & some) != X509ChainStatusFlags.NoError;

    private static X509ChainStatusFlags FlagsOf(X509Chain chain)
    {
        X509ChainStatusFlags flags = X509ChainStatusFlags.NoError;
        foreach (X509ChainStatus status in chain.ChainStatus)
            flags |= status.Status;

        return flags;
    }

    private static string OfTime(X509Chain chain, ref string hint)
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime; // the clock that the platform judges by
        foreach (X509ChainElement element in chain.ChainElements)
        {
            X509Certificate2 certificate = element.Certificate;
            bool isExpired = certificate.NotAfter.ToUniversalTime() < now;
            if (!isExpired && certificate.NotBefore.ToUniversalTime() <= now) continue;

            string whose = element == chain.ChainElements[0] ? "it" : $"the certificate of its authority {CertificateWords.SubjectOf(certificate)}";
            if (isExpired) return $"{whose} expired on {CertificateWords.Date(certificate.NotAfter)}";

            hint += " Is the clock of this machine right?";
            return $"{whose} is not valid before {CertificateWords.Date(certificate.NotBefore)}";
        }

        return "it is not valid at this time";
    }

    private static string OfAuthority(X509Chain chain, X509ChainStatusFlags flags, bool trustsSystem, ref string hint)
    {
        X509Certificate2 last = chain.ChainElements[^1].Certificate;
        if (chain.ChainElements.Count == 1 && CertificateWords.IsSelfSigned(last))
        {
            hint += " If it is the right one, add it to TlsOptions.Ca.";
            return "it is self-signed";
        }

        hint += " If that authority is to be trusted, add its certificate to TlsOptions.Ca.";
        if (flags.HasFlag(X509ChainStatusFlags.PartialChain)) hint += " Perhaps the server does not send its intermediate certificates.";
        return $"it was issued by an unknown authority, {CertificateWords.IssuerOf(last)}{(trustsSystem ? "" : " (TlsOptions.TrustsSystem is false)")}";
    }
}
