using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>A connection that shows the bytes.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client = new() { NoDelay = true };

    internal static async Task<RawConnection> OpenAsync(HttpBin bin)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(IPAddress.Loopback, new Uri(bin.Url).Port);
        return connection;
    }

    internal async Task SendAsync(params byte[][] bytes) => await _client.GetStream().WriteAsync(bytes.SelectMany(static part => part).ToArray());

    internal Task SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    internal Task GetAsync(string target) => SendAsync($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n");

    /// <summary>Exactly so many bytes.</summary>
    internal async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        using var limit = new CancellationTokenSource(Patience);
        await _client.GetStream().ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }

    /// <summary>Everything up to the end of a text, and nothing behind it.</summary>
    internal async Task<string> ReadToAsync(string end)
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal)) text.Append((char)(await ReadAsync(1))[0]);
        return text.ToString();
    }

    /// <summary>Everything to the end of the connection.</summary>
    internal async Task<string> ReadToEndAsync()
    {
        using var reader = new StreamReader(_client.GetStream(), Encoding.Latin1, detectEncodingFromByteOrderMarks: false, bufferSize: 1024, leaveOpen: true);
        return await reader.ReadToEndAsync().WaitAsync(Patience);
    }

    /// <summary>What is there to be read at the moment.</summary>
    internal int Available => _client.Available;

    public void Dispose() => _client.Dispose();
}
