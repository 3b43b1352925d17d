using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace RequestsAsync.Tests;

/// <summary>Shakes hands with whoever comes, says hello and waits until the other side closes.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly SslServerAuthenticationOptions _options;
    private readonly Channel<Met> _met = Channel.CreateUnbounded<Met>();
    private readonly Task _accepting;

    public TlsServer(X509Certificate2 certificate, X509Certificate2[]? intermediates = null, Action<SslServerAuthenticationOptions>? configure = null)
    {
        _options = new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [.. intermediates ?? []], offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
        configure?.Invoke(_options);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The next client, after the server's side of the handshake is over.</summary>
    public async Task<Met> MetAsync() => await _met.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> running = [];
        try
        {
            while (true)
                running.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }

        await Task.WhenAll(running);
    }

    private async Task ServeAsync(Socket socket)
    {
        CountedStream counted = new(new NetworkStream(socket, ownsSocket: true));
        await using SslStream stream = new(counted);
        try
        {
            await stream.AuthenticateAsServerAsync(_options, _stop.Token);
            _met.Writer.TryWrite(new(stream.TargetHostName, stream.RemoteCertificate?.Subject, counted.Written));
            await stream.WriteAsync("hello"u8.ToArray(), _stop.Token);
            await stream.CopyToAsync(Stream.Null, _stop.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            // The client does not like this server, or the test is over.
        }
    }

    /// <summary>A client.</summary>
    /// <param name="ServerName">What it asked for by SNI; empty where it did not.</param>
    /// <param name="Subject">Whom its certificate is for.</param>
    /// <param name="Sent">How many bytes the handshake took.</param>
    internal sealed record Met(string ServerName, string? Subject, long Sent);
}
