using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Conformance;

/// <summary>A server on loopback that answers the head of each request with given bytes, and then says that no more will come.</summary>
/// <param name="reply">The bytes for a request, from its target.</param>
internal sealed class ReplyServer(Func<string, byte[]> reply) : IAsyncDisposable
{
    private const int MaxHead = 64 << 10;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _accepting = Task.CompletedTask;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                byte[] buffer = new byte[MaxHead];
                if (await ReadTargetAsync(socket, buffer) is not { } target) return;

                for (ReadOnlyMemory<byte> rest = reply(target); !rest.IsEmpty;)
                    rest = rest[await socket.SendAsync(rest, _stop.Token)..];
                socket.Shutdown(SocketShutdown.Send);

                // To close with unread bytes would reset the connection, and the client would lose what it had still to read.
                while (await socket.ReceiveAsync(buffer, _stop.Token) > 0)
                {
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The client has seen enough.
            }
        }
    }

    private async Task<string?> ReadTargetAsync(Socket socket, byte[] buffer)
    {
        int filled = 0;
        while (filled < buffer.Length && await socket.ReceiveAsync(buffer.AsMemory(filled), _stop.Token) is > 0 and int read)
        {
            filled += read;
            ReadOnlySpan<byte> head = buffer.AsSpan(0, filled);
            if (head.IndexOf("\r\n\r\n"u8) >= 0) return Encoding.Latin1.GetString(head[..head.IndexOf((byte)'\r')]).Split(' ')[1];
        }

        return null;
    }
}
