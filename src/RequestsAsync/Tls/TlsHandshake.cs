using System.ComponentModel;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace RequestsAsync;

/// <summary>Makes TLS connections of plain ones, by the options of one session.</summary>
/// <remarks>Safe for any number of handshakes at once. The session disposes it after its connections.</remarks>
internal sealed class TlsHandshake : IDisposable
{
    private readonly TlsSettings _settings;

    // The runtime only reads these.
    private readonly List<SslApplicationProtocol> _http11 = [SslApplicationProtocol.Http11];
    private readonly List<SslApplicationProtocol> _http2OrHttp11 = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];
    private readonly List<SslApplicationProtocol> _http2 = [SslApplicationProtocol.Http2];

    /// <param name="options">Copied, and their files read.</param>
    /// <param name="warn">Hears once that certificates are not checked.</param>
    /// <exception cref="InvalidRequestException">An option is not allowed, or a file cannot be read.</exception>
    public TlsHandshake(TlsOptions options, Action<string>? warn = null)
    {
        _settings = new TlsSettings(options);
        if (!_settings.Verifies) warn?.Invoke("TlsOptions.Verify is false: this session accepts every certificate, and anyone on the way can read and change what it sends.");
    }

    /// <summary>Shakes hands. The stream that is returned owns the one that is given, which is closed when this fails.</summary>
    /// <param name="connection">The connection to the server, nothing read or written on it yet.</param>
    /// <param name="host">The host of the URL, in ASCII.</param>
    /// <param name="offer">The versions of HTTP to offer.</param>
    /// <param name="cancellationToken">Ends the handshake.</param>
    /// <exception cref="TlsException">The server is not accepted, or does not accept this client. Where the connection was lost, the inner exception is that <see cref="IOException"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<SslStream> AuthenticateAsync(Stream connection, string host, AlpnOffer offer, CancellationToken cancellationToken)
    {
        host = TlsHost.Normalize(host);
        CertificateCheck check = new(_settings, host, _settings.ServerNameOf(host));
        SslClientAuthenticationOptions options = OptionsFor(_settings.ServerNameOf(host), offer, check.Accepts);
        WatchedStream watched = new(connection);
        SslStream stream = new(watched);
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            watched.End();
            if (offer == AlpnOffer.Http2 && stream.NegotiatedApplicationProtocol != SslApplicationProtocol.Http2)
                throw new TlsException($"{host} does not speak HTTP/2, and nothing else was offered.");

            return stream;
        }
        catch (Exception e)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            if (cancellationToken.IsCancellationRequested) throw new OperationCanceledException(e.Message, e, cancellationToken);
            if (e is not (AuthenticationException or IOException or CryptographicException or Win32Exception)) throw;
            throw new TlsException(check.Problem ?? HandshakeFault.Describe(e, host, options, watched.Records), e);
        }
    }

    public void Dispose() => _settings.Dispose();

    // Made anew for every handshake, since the check belongs to one. What sessions are resumed by lies in what they share.
    private SslClientAuthenticationOptions OptionsFor(string serverName, AlpnOffer offer, RemoteCertificateValidationCallback accepts) => new()
    {
        TargetHost = serverName, // the runtime sends no address as SNI
        ApplicationProtocols = offer switch
        {
            AlpnOffer.Http11 => _http11,
            AlpnOffer.Http2 => _http2,
            _ => _http2OrHttp11,
        },
        EnabledSslProtocols = _settings.Protocols,
        CipherSuitesPolicy = _settings.CipherSuites,
        CertificateChainPolicy = _settings.ChainPolicy,
        ClientCertificateContext = _settings.ClientCertificate,
        RemoteCertificateValidationCallback = accepts,
    };
}
