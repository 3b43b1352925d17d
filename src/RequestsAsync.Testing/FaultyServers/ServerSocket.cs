using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Testing;

/// <summary>The socket of a server, and what else holds its port.</summary>
internal sealed class ServerSocket : IDisposable
{
    // Whom a full backlog takes no longer has by then not been answered.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly List<Socket> _sockets = [];
    private readonly string? _path;

    private ServerSocket(FaultyServerOptions options, int? backlog = null)
    {
        _path = options.UnixSocket;
        EndPoint end = _path is null ? new IPEndPoint(options.Address, options.Port) : new UnixDomainSocketEndPoint(_path);
        Socket socket = Add(end.AddressFamily);
        try
        {
            if (options.ReceiveBufferSize is { } size) socket.ReceiveBufferSize = size;
            socket.Bind(end);
            if (backlog is { } most) socket.Listen(most);
            EndPoint = socket.LocalEndPoint!;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public EndPoint EndPoint { get; }

    public bool Accepts { get; private init; }

    public static ServerSocket Bind(FaultyServerOptions options) => new(options);

    public static ServerSocket Listen(FaultyServerOptions options) => new(options, options.Backlog) { Accepts = true };

    public static async Task<ServerSocket> FillAsync(FaultyServerOptions options, CancellationToken cancellationToken)
    {
        ServerSocket full = new(options, backlog: 0);
        try
        {
            for (int i = 0; i < 16; i++)
            {
                Task knock = full.Add(full.EndPoint.AddressFamily).ConnectAsync(full.EndPoint, cancellationToken).AsTask();
                _ = knock.ContinueWith(static task => task.Exception, TaskScheduler.Default); // that of the last one comes when all is over
                if (await Task.WhenAny(knock, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false) != knock) return full;
                await knock.ConfigureAwait(false);
            }

            throw new PlatformNotSupportedException("This system takes connections beyond the backlog.");
        }
        catch
        {
            full.Dispose();
            throw;
        }
    }

    public async ValueTask<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        Socket socket = await _sockets[0].AcceptAsync(cancellationToken).ConfigureAwait(false);
        if (_path is null) socket.NoDelay = true;
        return socket;
    }

    public string UrlOf(string scheme) => EndPoint is IPEndPoint end ? string.Create(CultureInfo.InvariantCulture, $"{scheme}://{end}") : $"{scheme}://localhost";

    public void Dispose()
    {
        foreach (Socket socket in _sockets)
            socket.Dispose();
        if (_path is not null) File.Delete(_path);
    }

    private Socket Add(AddressFamily family)
    {
        _sockets.Add(new(family, SocketType.Stream, family == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp));
        return _sockets[^1];
    }
}
