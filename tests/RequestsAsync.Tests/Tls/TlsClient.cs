using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

/// <summary>Connects to servers on loopback, under any name, with one <see cref="TlsHandshake"/>.</summary>
internal sealed class TlsClient(TlsOptions? options = null) : IAsyncDisposable
{
    private readonly List<SslStream> _streams = [];
    private readonly TlsHandshake _handshake = new(options ?? new());

    public async Task<SslStream> ConnectAsync(int port, string host, AlpnOffer offer = AlpnOffer.Http2OrHttp11, CancellationToken? cancellationToken = null)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        NetworkStream connection = new(socket, ownsSocket: true);
        SslStream stream;
        try
        {
            stream = await _handshake.AuthenticateAsync(connection, host, offer, cancellationToken ?? TestContext.Current.CancellationToken);
        }
        catch
        {
            Assert.Throws<ObjectDisposedException>(() => socket.Available); // whatever went wrong, no socket is left
            throw;
        }

        _streams.Add(stream);
        return stream;
    }

    /// <summary>Why the handshake fails.</summary>
    public async Task<string> FailAsync(int port, string host, AlpnOffer offer = AlpnOffer.Http2OrHttp11) =>
        (await Assert.ThrowsAsync<TlsException>(() => ConnectAsync(port, host, offer))).Message;

    /// <summary>Reads what the server says after the handshake.</summary>
    public static async Task<string> ReadAsync(SslStream stream)
    {
        byte[] buffer = new byte[5];
        await stream.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
        return System.Text.Encoding.ASCII.GetString(buffer);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SslStream stream in _streams)
            await stream.DisposeAsync();

        _handshake.Dispose();
    }
}
