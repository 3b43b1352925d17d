using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Conformance;

/// <summary>A server on loopback that keeps each request byte for byte and answers with given bytes.</summary>
/// <param name="reply">The reply to a request, from the request and the port.</param>
internal sealed class CurlRecorder(Func<RecordedRequest, int, byte[]> reply) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly Lock _lock = new();
    private Task _accepting = Task.CompletedTask;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What came so far, in order.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_lock) return [.. _requests];
        }
    }

    public void Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                StringBuilder received = new();
                while (await ReadAsync(socket, received) is { } request)
                {
                    byte[] answer;
                    lock (_lock)
                    {
                        _requests.Add(request);
                        answer = reply(request, Port);
                    }

                    for (ReadOnlyMemory<byte> rest = answer; !rest.IsEmpty;)
                        rest = rest[await socket.SendAsync(rest, _stop.Token)..];
                    if (EndsConnection(answer)) break;
                }

                socket.Shutdown(SocketShutdown.Send);
                byte[] ignored = new byte[4096];
                while (await socket.ReceiveAsync(ignored, _stop.Token) > 0)
                {
                    // To close with unread bytes would reset the connection.
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The client has seen enough.
            }
        }
    }

    // Without a length the end of the connection is the end of the body.
    private static bool EndsConnection(byte[] answer)
    {
        string text = Encoding.Latin1.GetString(answer);
        int end = text.IndexOf("\n\r\n", StringComparison.Ordinal) is >= 0 and int crlf ? crlf : text.IndexOf("\n\n", StringComparison.Ordinal);
        string head = end < 0 ? text : text[..end];
        bool isDelimited = head.Contains("Content-Length:", StringComparison.OrdinalIgnoreCase) || head.Contains("chunked", StringComparison.OrdinalIgnoreCase)
            || head.Contains(" 304 ", StringComparison.Ordinal) || head.Contains(" 204 ", StringComparison.Ordinal);
        return !isDelimited || text.Contains("swsclose", StringComparison.Ordinal) || head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase);
    }

    private async Task<RecordedRequest?> ReadAsync(Socket socket, StringBuilder received)
    {
        byte[] buffer = new byte[64 << 10];
        bool wasAsked = false;
        while (true)
        {
            string text = received.ToString();
            if (RecordedRequest.LengthOf(text) is { } length)
            {
                received.Remove(0, length);
                return RecordedRequest.Parse(text[..length]);
            }

            if (!wasAsked && text.Contains("\r\n\r\n", StringComparison.Ordinal) && text.Contains("100-continue", StringComparison.OrdinalIgnoreCase))
            {
                wasAsked = true;
                await socket.SendAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
            }

            int read = await socket.ReceiveAsync(buffer, _stop.Token);
            if (read == 0) return null;
            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }
}
