using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Testing;

/// <summary>How <see cref="HttpBin"/> listens and tells the time.</summary>
public sealed class HttpBinOptions
{
    /// <summary>The TCP port on 127.0.0.1.</summary>
    /// <value>0 by default: the system picks a free one, which <see cref="HttpBin.Url"/> then names.</value>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0 or more than 65535.</exception>
    public int Port
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ushort.MaxValue);
            field = value;
        }
    }

    /// <summary>Whether to serve HTTPS with a certificate made at the start, for <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c>.</summary>
    /// <value><see langword="false"/> by default. A <see cref="Certificate"/> is served whatever this says.</value>
    /// <remarks>Its issuer, which a client has to trust, is <see cref="HttpBin.CertificateAuthority"/>.</remarks>
    public bool Tls { get; set; }

    /// <summary>The certificate to serve HTTPS with, its private key included.</summary>
    /// <value><see langword="null"/> by default: plain HTTP, or HTTPS with a certificate made at the start where <see cref="Tls"/> says so.</value>
    /// <remarks>Cookies are set <c>Secure</c> when the request came over HTTPS, as httpbin does.</remarks>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>
    /// Whether to speak HTTP/2 beside HTTP/1.1 on the one port: over TLS to clients that choose it by ALPN, and without TLS to those that
    /// begin with it by prior knowledge (RFC 9113 §3.3).
    /// </summary>
    /// <value><see langword="true"/> by default.</value>
    public bool Http2 { get; set; } = true;

    /// <summary>
    /// The clock of <c>/delay</c>, <c>/drip</c>, <c>/range</c>, <c>/sse</c>, <c>/early-hints</c>, <c>/slow-headers</c>, <c>/cache</c>,
    /// <c>/rate-limited</c> and of the tokens of <c>/oauth/token</c>.
    /// </summary>
    /// <value><see cref="TimeProvider.System"/> by default.</value>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public TimeProvider TimeProvider
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = TimeProvider.System;
}
