using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace RequestsAsync;

/// <summary>Says why a handshake failed where it was not the server's certificate.</summary>
internal static class HandshakeFault
{
    private const int Tls12 = 0x0303;

    /// <summary>The reason, as a clause that names the host.</summary>
    /// <param name="e">What the runtime threw.</param>
    /// <param name="host">The host of the URL.</param>
    /// <param name="options">What was offered.</param>
    /// <param name="records">What the server sent.</param>
    public static string Describe(Exception e, string host, SslClientAuthenticationOptions options, TlsRecords records)
    {
        if (records.IsForeign)
        {
            string what = records.IsHttp ? "it answers in plain HTTP. Perhaps the URL should begin with http://" : "it answers in another protocol. Is the port right?";
            return $"{host} does not speak TLS on that port: {what}";
        }

        if (records.HelloVersion is > 0 and < Tls12 and var version)
            return $"{host} speaks no newer version than {(version == 0x0302 ? "TLS 1.1" : version == 0x0301 ? "TLS 1.0" : "SSL 3.0")}, which is not safe and not allowed{AllowedOf(options)}.";

        if (records.IsEmpty && e is AuthenticationException && options.CipherSuitesPolicy is not null)
            return $"the TLS handshake with {host} could not begin: the platform has none of TlsOptions.CipherSuites.";

        return records.Alert is { } alert ? OfAlert(alert, host, options, records)
            : e is IOException && e.GetBaseException() is not SocketException ? Closed(host)
            : $"the TLS handshake with {host} failed: {Failure.Reason(e)}";
    }

    private static string OfAlert(TlsAlert alert, string host, SslClientAuthenticationOptions options, TlsRecords records)
    {
        bool hasCertificate = options.ClientCertificateContext is not null;
        switch (alert)
        {
            case TlsAlert.CloseNotify:
                return Closed(host);
            case TlsAlert.ProtocolVersion:
                return $"{host} speaks no version of TLS that is allowed{AllowedOf(options)}. Its versions are older.";
            case TlsAlert.HandshakeFailure when records.HelloVersion > 0 && !hasCertificate: // it had chosen a cipher suite by then
            case TlsAlert.CertificateRequired:
            case TlsAlert.BadCertificate when !hasCertificate:
                return $"{host} demands a client certificate. Set TlsOptions.ClientCertificate.";
            case TlsAlert.HandshakeFailure when records.HelloVersion == 0:
            case TlsAlert.InsufficientSecurity:
                return $"{host} shares no cipher suite with this client, or none that is strong enough for it{(options.CipherSuitesPolicy is null ? "" : ": see TlsOptions.CipherSuites")}.";
            case TlsAlert.BadCertificate or TlsAlert.UnsupportedCertificate or TlsAlert.CertificateRevoked or TlsAlert.CertificateExpired
                or TlsAlert.CertificateUnknown or TlsAlert.UnknownCa or TlsAlert.AccessDenied when hasCertificate:
                return $"{host} does not accept the client certificate {options.ClientCertificateContext!.TargetCertificate.Subject}: {alert}.";
            case TlsAlert.UnrecognizedName:
                return $"{host} does not know the name {options.TargetHost} that it was asked for.";
            case TlsAlert.NoApplicationProtocol:
                return $"{host} speaks none of the protocols that were offered: {string.Join(", ", options.ApplicationProtocols ?? [])}.";
            default:
                return $"{host} ended the TLS handshake with the alert {alert}.";
        }
    }

    private static string Closed(string host) => $"{host} closed the connection during the TLS handshake.";

    private static string AllowedOf(SslClientAuthenticationOptions options) => options.EnabledSslProtocols switch
    {
        SslProtocols.Tls13 => " (TLS 1.3 at least)",
        SslProtocols.None => "",
        _ => " (TLS 1.2 at least)",
    };
}
