using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

/// <summary>Answers one connection after another from a thread that allocates nothing while it does.</summary>
internal sealed class SmallServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Thread _thread;
    private readonly byte[] _answer;
    private Socket? _connection;

    /// <param name="answer">What every request gets.</param>
    public SmallServer(ReadOnlySpan<byte> answer)
    {
        _answer = answer.ToArray();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/api/v1/items/42";

    public void Dispose()
    {
        _listener.Dispose();
        Volatile.Read(ref _connection)?.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                using Socket connection = _listener.Accept();
                connection.NoDelay = true;
                Volatile.Write(ref _connection, connection);
                Serve(connection);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Serve(Socket connection)
    {
        Span<byte> buffer = stackalloc byte[4096];
        int filled = 0;
        while (connection.Receive(buffer[filled..]) is > 0 and int read)
        {
            filled += read;
            if (!buffer[..filled].EndsWith("\r\n\r\n"u8)) continue;

            filled = 0;
            connection.Send(_answer);
        }
    }
}
