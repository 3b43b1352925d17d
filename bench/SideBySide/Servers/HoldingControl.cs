using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.SideBySide;

/// <summary>Orders to a <see cref="HoldingServer"/>, over a connection of its own.</summary>
internal sealed class HoldingControl : IAsyncDisposable
{
    private readonly TcpClient _connection;
    private readonly StreamReader _answers;
    private readonly StreamWriter _orders;

    private HoldingControl(TcpClient connection)
    {
        _connection = connection;
        _answers = new StreamReader(connection.GetStream());
        _orders = new StreamWriter(connection.GetStream()) { AutoFlush = true };
    }

    /// <summary>Connects to the server's port for orders.</summary>
    public static async Task<HoldingControl> ConnectAsync(int port)
    {
        TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        return new HoldingControl(connection);
    }

    /// <summary>From now on no request is answered.</summary>
    public Task HoldAsync() => AskAsync(HoldingServer.Hold);

    /// <summary>How many requests wait for an answer.</summary>
    public async Task<int> CountAsync() => int.Parse(await AskAsync(HoldingServer.Count), CultureInfo.InvariantCulture);

    /// <summary>Answers all, and from now on at once.</summary>
    public Task ReleaseAsync() => AskAsync(HoldingServer.Release);

    public async ValueTask DisposeAsync()
    {
        await _orders.DisposeAsync();
        _answers.Dispose();
        _connection.Dispose();
    }

    private async Task<string> AskAsync(string order)
    {
        await _orders.WriteLineAsync(order);
        return await _answers.ReadLineAsync() ?? throw new IOException("The holding server is gone.");
    }
}
