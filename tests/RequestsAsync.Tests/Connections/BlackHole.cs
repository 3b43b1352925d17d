using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

/// <summary>A port on loopback that answers nobody: it listens, its backlog is full, and so the kernel drops whoever knocks.</summary>
internal sealed class BlackHole : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly List<Socket> _sockets = [];

    private BlackHole()
    {
    }

    /// <summary>The port.</summary>
    public int Port { get; private set; }

    /// <summary>Opens one, and skips the test where the system has no such thing.</summary>
    public static async Task<BlackHole> OpenAsync(string address)
    {
        BlackHole hole = new();
        Socket listener = hole.Add(IPAddress.Parse(address));
        listener.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        listener.Listen(0);
        hole.Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        for (int i = 0; i < 16; i++)
        {
            Task knock = hole.Add(IPAddress.Parse(address)).ConnectAsync(listener.LocalEndPoint);
            _ = knock.ContinueWith(static task => task.Exception, TaskScheduler.Default); // that of the last one comes when all is over
            if (await Task.WhenAny(knock, Task.Delay(Patience)) != knock) return hole;
        }

        hole.Dispose();
        Assert.Skip("this system takes connections beyond the backlog");
        return hole;
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private Socket Add(IPAddress address)
    {
        _sockets.Add(new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        return _sockets[^1];
    }
}
