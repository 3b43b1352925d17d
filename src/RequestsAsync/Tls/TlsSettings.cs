using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary><see cref="TlsOptions"/>, checked, copied, with their files read, and never changed again.</summary>
internal sealed class TlsSettings : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1"; // RFC 5280 §4.2.1.12

    private readonly X509Certificate2Collection _authorities = [];
    private readonly X509Certificate2Collection _client = [];
    private readonly Dictionary<string, string> _serverNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly X509RevocationMode _revocationMode;

    /// <exception cref="InvalidRequestException">An option is not allowed, or a file cannot be read.</exception>
    public TlsSettings(TlsOptions options)
    {
        Verifies = options.Verify;
        TrustsSystem = options.TrustsSystem;
        Pins = new PinRules(options.Pins);
        Protocols = ProtocolsFrom(options.MinimumVersion, options.CipherSuites);
        CipherSuites = options.CipherSuites is { } suites ? PolicyOf(suites) : null;
        _revocationMode = Verifies ? options.RevocationMode : X509RevocationMode.NoCheck;
        try
        {
            CopyServerNames(options.ServerNames);
            LoadAuthorities(options.Ca ?? []);
            if (options.ClientCertificate is { } client) ClientCertificate = Load(client);
            ChainPolicy = MakeChainPolicy(trustsSystem: TrustsSystem);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public bool Verifies { get; }

    public bool TrustsSystem { get; }

    public PinRules Pins { get; }

    /// <summary>The versions that are offered; <see cref="SslProtocols.None"/> leaves them to the platform.</summary>
    public SslProtocols Protocols { get; }

    public CipherSuitesPolicy? CipherSuites { get; }

    /// <summary>One object for all handshakes: the runtime resumes sessions only where it knows beforehand which certificate they belong to.</summary>
    public SslStreamCertificateContext? ClientCertificate { get; }

    /// <summary>How a server's certificate is judged first.</summary>
    public X509ChainPolicy ChainPolicy { get; }

    /// <summary>Whether a server that the system does not know may be known to the authorities that were added.</summary>
    public bool HasSecondOpinion => TrustsSystem && _authorities.Count > 0;

    /// <summary>The name that a server is asked for, and must prove.</summary>
    public string ServerNameOf(string host) => _serverNames.GetValueOrDefault(host, host);

    /// <summary>Builds a server's chain again, up to the authorities that were added.</summary>
    /// <param name="certificate">The server's certificate.</param>
    /// <param name="sent">What it sent with it.</param>
    public X509Chain BuildWithAuthorities(X509Certificate2 certificate, X509Certificate2Collection sent)
    {
        X509Chain chain = new() { ChainPolicy = MakeChainPolicy(trustsSystem: false) };
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.Build(certificate);
        return chain;
    }

    public void Dispose()
    {
        foreach (X509Certificate2 certificate in _authorities)
            certificate.Dispose();
        foreach (X509Certificate2 certificate in _client)
            certificate.Dispose();
    }

    private static SslProtocols ProtocolsFrom(SslProtocols? minimum, IReadOnlyList<TlsCipherSuite>? suites)
    {
        if (minimum is null) return SslProtocols.None;
        if (minimum is not (SslProtocols.Tls12 or SslProtocols.Tls13))
            throw new InvalidRequestException($"TlsOptions.MinimumVersion is {minimum}: it must be SslProtocols.Tls12 or SslProtocols.Tls13. Older ones are forbidden (RFC 8996).");

        // No suite is for both versions, and OpenSSL begins no handshake that offers a version without a suite.
        bool hasNew = suites is null;
        bool hasOld = suites is null;
        foreach (TlsCipherSuite suite in suites ?? [])
        {
            bool isNew = (int)suite >> 8 == 0x13; // RFC 8446 appendix B.4
            hasNew |= isNew;
            hasOld |= !isNew;
        }

        if (minimum == SslProtocols.Tls13 && !hasNew)
            throw new InvalidRequestException("TlsOptions.CipherSuites has none of TLS 1.3, which TlsOptions.MinimumVersion demands. Add TLS_AES_128_GCM_SHA256 for example.");
        return (hasNew ? SslProtocols.Tls13 : SslProtocols.None) | (hasOld && minimum == SslProtocols.Tls12 ? SslProtocols.Tls12 : SslProtocols.None);
    }

    private static CipherSuitesPolicy PolicyOf(IReadOnlyList<TlsCipherSuite> suites)
    {
        if (suites.Count == 0) throw new InvalidRequestException("TlsOptions.CipherSuites is empty: nothing could be agreed on. Leave it null for those of the platform.");
        if (!OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid())
        {
            try
            {
                return new CipherSuitesPolicy(suites);
            }
            catch (PlatformNotSupportedException)
            {
                // Told below.
            }
        }

        throw new InvalidRequestException("TlsOptions.CipherSuites cannot be kept here: on this platform its administrator, and no program, decides on cipher suites. Leave it null.");
    }

    private void CopyServerNames(IDictionary<string, string>? names)
    {
        const string option = "TlsOptions.ServerNames";
        if (names is null) return;
        foreach ((string host, string name) in names)
            _serverNames[TlsHost.Parse(host, option)] = TlsHost.Parse(name, option);
    }

    private void LoadAuthorities(IList<CertificateAuthority> authorities)
    {
        foreach (CertificateAuthority authority in authorities)
            authority.LoadInto(_authorities);

        if (_authorities.Count == 0)
        {
            if (Verifies && !TrustsSystem) throw new InvalidRequestException("TlsOptions.TrustsSystem is false and TlsOptions.Ca is empty: no server could be trusted. Add an authority to Ca.");
            return;
        }

        foreach (X509Certificate2 certificate in _authorities)
        {
            if (CertificateWords.IsSelfSigned(certificate)) return;
        }

        throw new InvalidRequestException("TlsOptions.Ca holds intermediate certificates only, and trust begins at one that is self-signed. Add the root.");
    }

    private SslStreamCertificateContext Load(ClientCertificate client)
    {
        _client.AddRange(client.Load());
        X509Certificate2Collection intermediates = [.. _client];
        intermediates.RemoveAt(0);
        try
        {
            return SslStreamCertificateContext.Create(_client[0], intermediates, offline: true);
        }
        catch (CryptographicException e)
        {
            throw new InvalidRequestException($"The client certificate {client} cannot be used: {e.Message}", e);
        }
    }

    private X509ChainPolicy MakeChainPolicy(bool trustsSystem)
    {
        X509ChainPolicy policy = new() { RevocationMode = _revocationMode, DisableCertificateDownloads = true };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (!trustsSystem)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(_authorities);
        }

        return policy;
    }
}
