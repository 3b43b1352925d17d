using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

/// <summary>A server that speaks exactly the bytes a test gives it: each connection runs the script once.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RawConnection, Task> _script;
    private readonly Task _accepting;
    private int _connections;
    private int _disposed;

    public RawServer(Func<RawConnection, Task> script, int port = 0)
    {
        _script = script;
        _listener = new(IPAddress.Loopback, port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true); // where another has just ended
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Answers every request with the same bytes and closes.</summary>
    public RawServer(string answer)
        : this(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(answer);
        })
    {
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    public int Connections => _connections;

    /// <summary>The heads of the requests that came, in order.</summary>
    public List<string> Heads { get; } = [];

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;

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
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                running.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }

        await Task.WhenAll(running);
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            try
            {
                await _script(new RawConnection(socket, Heads, _stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // The client went away, which many tests are about.
            }
        }
    }
}
