using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.SideBySide;

/// <summary>A server that answers at once, or, when it is told so, none before it is told to let go: so any number of requests can be under way at once.</summary>
internal sealed class HoldingServer
{
    public const string Hold = "hold";
    public const string Count = "count";
    public const string Release = "release";

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Document.Text.Length}\r\n\r\n{Document.Text}"));

    private TaskCompletionSource? _held;
    private int _waiting;

    /// <summary>Serves until its input ends. Its first line says the port for requests and the one for orders.</summary>
    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        HoldingServer server = new();
        using Socket requests = Listen();
        using Socket orders = Listen();
        Task serving = Task.WhenAny(AcceptAsync(requests, server.ServeAsync), AcceptAsync(orders, server.ObeyAsync));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{PortOf(requests)} {PortOf(orders)}"));
        await output.FlushAsync();

        Task ended = Task.Run(async () =>
        {
            while (await input.ReadLineAsync() is not null)
            {
                // whoever started this process holds its input open, and says nothing
            }
        });
        await await Task.WhenAny(serving, ended);
        return 0;
    }

    private static Socket Listen()
    {
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(int.MaxValue);
        return listener;
    }

    private static int PortOf(Socket listener) => ((IPEndPoint)listener.LocalEndPoint!).Port;

    private static async Task AcceptAsync(Socket listener, Func<Socket, Task> serve)
    {
        while (true)
        {
            Socket connection = await listener.AcceptAsync();
            connection.NoDelay = true;
            _ = Task.Run(async () =>
            {
                using (connection)
                {
                    try
                    {
                        await serve(connection);
                    }
                    catch (SocketException)
                    {
                        // the client has gone
                    }
                }
            });
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        byte[] buffer = new byte[4 << 10];
        int filled = 0;
        while (await connection.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and int received)
        {
            filled += received;
            if (!buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8)) continue; // no request here has a body, and none is sent before the last is answered

            filled = 0;
            if (Volatile.Read(ref _held) is { } held)
            {
                Interlocked.Increment(ref _waiting);
                await held.Task;
            }

            await connection.SendAsync(Answer);
        }
    }

    private async Task ObeyAsync(Socket connection)
    {
        await using NetworkStream stream = new(connection);
        using StreamReader orders = new(stream);
        await using StreamWriter answers = new(stream) { AutoFlush = true };
        while (await orders.ReadLineAsync() is { } order)
        {
            if (order == Hold)
            {
                _waiting = 0;
                Volatile.Write(ref _held, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            else if (order == Release)
            {
                Interlocked.Exchange(ref _held, null)?.SetResult();
            }

            await answers.WriteLineAsync(Volatile.Read(ref _waiting).ToString(CultureInfo.InvariantCulture));
        }
    }
}
