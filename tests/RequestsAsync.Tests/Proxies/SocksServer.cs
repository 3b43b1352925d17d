using System.Globalization;
using System.Net;
using System.Text;

namespace RequestsAsync.Tests;

/// <summary>A SOCKS proxy, versions 4, 4a and 5, that makes no connections: after the handshake it answers HTTP requests itself.</summary>
internal sealed class SocksServer : IAsyncDisposable
{
    private readonly FaultyServer _server;
    private readonly List<string> _asked = [];

    public SocksServer() => _server = FaultyServer.Serve(ServeAsync);

    /// <summary>User name and password that SOCKS5 clients must show; <see langword="null"/> for everybody.</summary>
    public string? Credentials { get; init; }

    /// <summary>The code of the reply to a target.</summary>
    public Func<string, byte>? Code { get; init; }

    /// <summary>What SOCKS5 replies say the proxy connects from: the type, and the address.</summary>
    public byte[] BoundAddress { get; init; } = [1, 127, 0, 0, 1];

    /// <summary>What clients asked for, in order: the version, the user, the target.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public int ConnectionCount => _server.ConnectionCount;

    /// <summary>The heads of the requests that came through.</summary>
    public IReadOnlyList<string> Heads => _server.Heads;

    public string Url(string scheme, string userInfo = "") => _server.Url.Replace("http://", $"{scheme}://{userInfo}", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(FaultyConnection connection)
    {
        bool isOpen = await connection.ReadBytesAsync(1) switch
        {
            [4] => await Serve4Async(connection),
            [5] => await Serve5Async(connection),
            _ => false,
        };
        while (isOpen && await connection.ReadHeadAsync() is not null)
            await connection.WriteAsync(ProxyServer.Ok);
    }

    private async Task<bool> Serve4Async(FaultyConnection connection)
    {
        byte[] request = await connection.ReadBytesAsync(7);
        string user = await ReadToNulAsync(connection);
        byte[] address = request[3..];
        string host = address is [0, 0, 0, > 0] ? "name " + await ReadToNulAsync(connection) : new IPAddress(address).ToString();
        byte code = Note($"4 {user} {host}:{Port(request[1..3])}", granted: 90);
        await connection.WriteAsync(new byte[] { 0, code, 0, 0, 0, 0, 0, 0 });
        return request[0] == 1 && code == 90;
    }

    private async Task<bool> Serve5Async(FaultyConnection connection)
    {
        byte[] methods = await connection.ReadBytesAsync((await connection.ReadBytesAsync(1))[0]);
        byte method = Credentials is null ? (byte)0 : (byte)2;
        bool offered = methods.Contains(method);
        await connection.WriteAsync(new byte[] { 5, offered ? method : (byte)0xFF });
        if (!offered) return false;

        string user = method == 0 ? "" : await ReadCredentialsAsync(connection);
        if (method != 0)
        {
            await connection.WriteAsync(new byte[] { 1, user == Credentials ? (byte)0 : (byte)1 });
            if (user != Credentials) return false;
        }

        byte[] request = await connection.ReadBytesAsync(4);
        string host = request[3] switch
        {
            1 => new IPAddress(await connection.ReadBytesAsync(4)).ToString(),
            4 => $"[{new IPAddress(await connection.ReadBytesAsync(16))}]",
            _ => "name " + await ReadCountedAsync(connection),
        };
        byte code = Note($"5 {user} {host}:{Port(await connection.ReadBytesAsync(2))}", granted: 0);
        await connection.WriteAsync((byte[])[5, code, 0, .. BoundAddress, 4, 56]);
        return code == 0;
    }

    private byte Note(string asked, byte granted)
    {
        lock (_asked)
        {
            _asked.Add(asked);
        }

        return Code?.Invoke(asked) ?? granted;
    }

    private static string Port(byte[] bytes) => (bytes[0] << 8 | bytes[1]).ToString(CultureInfo.InvariantCulture);

    private static async Task<string> ReadCredentialsAsync(FaultyConnection connection)
    {
        await connection.ReadBytesAsync(1);
        return $"{await ReadCountedAsync(connection)}:{await ReadCountedAsync(connection)}";
    }

    private static async Task<string> ReadCountedAsync(FaultyConnection connection) =>
        Encoding.UTF8.GetString(await connection.ReadBytesAsync((await connection.ReadBytesAsync(1))[0]));

    private static async Task<string> ReadToNulAsync(FaultyConnection connection)
    {
        List<byte> text = [];
        while (await connection.ReadBytesAsync(1) is [not 0 and var next])
            text.Add(next);
        return Encoding.UTF8.GetString([.. text]);
    }
}
