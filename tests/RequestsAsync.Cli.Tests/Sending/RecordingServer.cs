using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Cli.Tests;

/// <summary>A server that keeps every byte of each request, whatever it is, and answers with nothing.</summary>
internal sealed class RecordingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<byte[]> _requests = [];
    private readonly SemaphoreSlim _more = new(0);
    private volatile string _coming = "";

    /// <param name="fields">More fields of each answer, each with its line end.</param>
    /// <param name="status">The status of each answer.</param>
    public RecordingServer(string fields = "", string status = "200 OK")
    {
        _listener.Start();
        _ = ServeAsync(fields, status);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What was sent, one entry for each connection.</summary>
    public IReadOnlyList<byte[]> Requests => _requests;

    /// <summary>The last request, as text.</summary>
    public string Last => Encoding.Latin1.GetString(_requests[^1]);

    /// <summary>Waits until a text has come, of a request that may still be on its way.</summary>
    public async Task WaitForAsync(string text)
    {
        while (!_coming.Contains(text, StringComparison.Ordinal))
            Assert.True(await _more.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), $"'{text}' does not come.");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _more.Dispose();
    }

    private async Task ServeAsync(string fields, string status)
    {
        byte[] answer = Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{fields}Content-Length: 0\r\nConnection: close\r\n\r\n");
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                NetworkStream stream = client.GetStream();
                byte[] request = await ReadAsync(stream);
                if (request.Length == 0) continue;

                _requests.Add(request);
                await stream.WriteAsync(answer, TestContext.Current.CancellationToken);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            // It was disposed.
        }
    }

    private async Task<byte[]> ReadAsync(NetworkStream stream)
    {
        MemoryStream all = new();
        byte[] chunk = new byte[64 << 10];
        while (!IsWhole(all.GetBuffer().AsSpan(0, (int)all.Length)) && await stream.ReadAsync(chunk, TestContext.Current.CancellationToken) is > 0 and int length)
        {
            all.Write(chunk, 0, length);
            _coming = Encoding.Latin1.GetString(all.GetBuffer(), 0, (int)Math.Min(all.Length, 1024));
            _more.Release();
        }

        return all.ToArray();
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;

        string head = Encoding.Latin1.GetString(bytes[..end]);
        if (head.Contains("\r\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)) return bytes.EndsWith("0\r\n\r\n"u8);

        string? field = head.Split("\r\n").FirstOrDefault(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return bytes.Length - end - 4 >= (field is null ? 0 : int.Parse(field.AsSpan(15), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture));
    }
}
