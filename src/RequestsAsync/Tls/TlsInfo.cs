using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>What a TLS handshake agreed on, and whom it met.</summary>
public sealed class TlsInfo
{
    private readonly byte[] _certificate;

    private TlsInfo(SslStream stream, X509Certificate2 certificate)
    {
        Protocol = stream.SslProtocol;
        CipherSuite = stream.NegotiatedCipherSuite;
        ApplicationProtocol = stream.NegotiatedApplicationProtocol is { Protocol.IsEmpty: false } protocol ? protocol.ToString() : null;
        Subject = certificate.Subject;
        Issuer = certificate.Issuer;
        NotBefore = new DateTimeOffset(certificate.NotBefore);
        NotAfter = new DateTimeOffset(certificate.NotAfter);
        _certificate = certificate.RawData;
    }

    /// <summary>The version of TLS.</summary>
    public SslProtocols Protocol { get; }

    /// <summary>The cipher suite.</summary>
    public TlsCipherSuite CipherSuite { get; }

    /// <summary>What was agreed on by ALPN (RFC 7301), <c>h2</c> or <c>http/1.1</c>; <see langword="null"/> where the server chose nothing.</summary>
    public string? ApplicationProtocol { get; }

    /// <summary>Whom the server's certificate is for: <c>CN=api.example.com</c>.</summary>
    public string Subject { get; }

    /// <summary>Who vouches for that.</summary>
    public string Issuer { get; }

    /// <summary>From when on the certificate is valid.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Until when the certificate is valid.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>The server's certificate, a new object each time, which is the caller's to dispose.</summary>
    public X509Certificate2 GetCertificate() => X509CertificateLoader.LoadCertificate(_certificate);

    /// <summary>All of it in one line.</summary>
    public override string ToString() =>
        $"{Protocol}, {CipherSuite}, {ApplicationProtocol ?? "no ALPN"}; {Subject}, issued by {Issuer}, valid until {CertificateWords.Date(NotAfter.UtcDateTime)}";

    /// <summary>Tells of a handshake that is over. The stream's certificate stays the stream's.</summary>
    internal static TlsInfo Of(SslStream stream) => new(stream, (X509Certificate2)stream.RemoteCertificate!);
}
