using System.Net;
using System.Net.Sockets;

namespace RequestsAsync;

/// <summary>Ports of 127.0.0.1, for programs that are told theirs.</summary>
internal static class LoopbackPort
{
    /// <summary>A port that nobody listens on.</summary>
    public static int Free() => Free(1)[0];

    /// <summary>Ports that nobody listens on, each another.</summary>
    public static int[] Free(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
            listener.Dispose();
        return ports;
    }

    /// <summary>Whether somebody takes connections there.</summary>
    public static async Task<bool> IsOpenAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
