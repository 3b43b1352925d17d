using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Testing;

/// <summary>How <see cref="HttpBin.StartAsync"/> listens and tells the time.</summary>
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

    /// <summary>The certificate to serve HTTPS with, its private key included; HTTP/2 is then offered by ALPN.</summary>
    /// <value><see langword="null"/> by default: plain HTTP/1.1.</value>
    /// <remarks>Cookies are set <c>Secure</c> when the request came over HTTPS, as httpbin does.</remarks>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The clock of <c>/delay</c>, <c>/drip</c>, <c>/range</c> and <c>/cache</c>.</summary>
    /// <value><see cref="TimeProvider.System"/> by default.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
