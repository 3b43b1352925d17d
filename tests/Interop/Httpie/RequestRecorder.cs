using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Interop;

/// <summary>Keeps the bytes of one request after another, and answers 200 with nothing.</summary>
public sealed class RequestRecorder : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RequestRecorder() => _listener.Start();

    /// <summary>Where it listens.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public void Dispose() => _listener.Dispose();

    /// <summary>Takes the next request.</summary>
    public async Task<byte[]> TakeAsync(CancellationToken cancellationToken)
    {
        using TcpClient client = await _listener.AcceptTcpClientAsync(cancellationToken);
        NetworkStream stream = client.GetStream();
        MemoryStream all = new();
        byte[] chunk = new byte[64 << 10];
        while (!IsWhole(all.GetBuffer().AsSpan(0, (int)all.Length)) && await stream.ReadAsync(chunk, cancellationToken) is > 0 and int length)
            all.Write(chunk, 0, length);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
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
