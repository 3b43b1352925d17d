using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>The other side of a connection, byte for byte.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly Socket _socket;

    private Peer(Socket socket)
    {
        _socket = socket;
        Stream = new NetworkStream(socket, ownsSocket: true);
    }

    public Stream Stream { get; }

    public static async Task<Peer> ConnectAsync(FaultyServer server, string sent = "")
    {
        EndPoint end = server.EndPoint;
        Socket socket = new(end.AddressFamily, SocketType.Stream, end is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        await socket.ConnectAsync(end, TestContext.Current.CancellationToken);
        Peer peer = new(socket);
        await peer.SendAsync(sent);
        return peer;
    }

    public async Task SendAsync(string text) => await Stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>Says that no more will be sent.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    public void Reset()
    {
        _socket.LingerState = new(enable: true, seconds: 0);
        _socket.Close();
    }

    public async Task<string> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        await Stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(bytes);
    }

    /// <summary>Reads until the server closes; <c>RST</c> at the end where it resets.</summary>
    public async Task<string> ReadToEndAsync()
    {
        MemoryStream all = new();
        byte[] buffer = new byte[4096];
        try
        {
            while (await Stream.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and int read)
                all.Write(buffer, 0, read);
            return Encoding.Latin1.GetString(all.ToArray());
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return Encoding.Latin1.GetString(all.ToArray()) + "RST";
        }
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
