using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace RequestsAsync.Tests;

/// <summary>Shakes hands with whoever comes, says hello and waits until the other side closes.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly FaultyServer _server;
    private readonly Channel<Met> _met = Channel.CreateUnbounded<Met>();

    public TlsServer(X509Certificate2 certificate, X509Certificate2[]? intermediates = null, Action<SslServerAuthenticationOptions>? configure = null)
    {
        SslServerAuthenticationOptions options = new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [.. intermediates ?? []], offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
        configure?.Invoke(options);
        _server = FaultyServer.Start(script => script.UseTls(options).Run(Meet).Write("hello").WaitForClose());
    }

    public int Port => _server.Port;

    /// <summary>The next client, after the server's side of the handshake is over.</summary>
    public async Task<Met> MetAsync() => await _met.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Meet(FaultyConnection connection) =>
        _met.Writer.TryWrite(new(connection.Tls!.TargetHostName, connection.Tls.RemoteCertificate?.Subject, connection.BytesSent));

    /// <summary>A client.</summary>
    /// <param name="ServerName">What it asked for by SNI; empty where it did not.</param>
    /// <param name="Subject">Whom its certificate is for.</param>
    /// <param name="Sent">How many bytes the handshake took.</param>
    internal sealed record Met(string ServerName, string? Subject, long Sent);
}
