using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.SideBySide;

/// <summary>The authority of the harness's own server, which every client is told to trust; a connection is checked once, before the measuring.</summary>
internal sealed class TrustedRoot
{
    private TrustedRoot(X509ChainPolicy policy) => Policy = policy;

    /// <summary>For clients that take a policy.</summary>
    public X509ChainPolicy Policy { get; }

    /// <summary>Reads the authority.</summary>
    public static TrustedRoot FromPem(string file)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return new TrustedRoot(policy);
    }

    /// <summary>For clients that take a function.</summary>
    public bool Accepts(X509Certificate2? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return false;
        using X509Chain chain = new() { ChainPolicy = Policy.Clone() };
        return chain.Build(certificate);
    }
}
