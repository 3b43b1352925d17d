using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>A server on a real socket that reads the head of each request and then does as it was told.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<Socket, CancellationToken, Task> _act;
    private readonly Action<string>? _head;
    private readonly Task _running;

    internal RawServer(Func<Socket, CancellationToken, Task> act, Action<string>? head = null)
    {
        _act = act;
        _head = head;
        _listener.Start();
        _running = RunAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal static RawServer Answering(string answer, bool resets = false) => new(async (socket, _) =>
    {
        if (answer.Length > 0) await socket.SendAsync(Encoding.Latin1.GetBytes(answer));
        if (resets) socket.LingerState = new LingerOption(true, 0);
    });

    internal static RawServer Silent() => new((_, stopping) => Task.Delay(Timeout.InfiniteTimeSpan, stopping));

    /// <summary>A port on which nobody listens.</summary>
    internal static int ClosedPort()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _listener.Stop(); // a listener that is stopped before it is asked again would complain
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                byte[] buffer = new byte[64 << 10];
                int length = 0;
                while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8) && buffer[0] != 22)
                {
                    int read = await socket.ReceiveAsync(buffer.AsMemory(length), _stopping.Token);
                    if (read == 0) return;
                    length += read;
                }

                _head?.Invoke(Encoding.Latin1.GetString(buffer, 0, length));
                await _act(socket, _stopping.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The test is over.
            }
        }
    }
}
