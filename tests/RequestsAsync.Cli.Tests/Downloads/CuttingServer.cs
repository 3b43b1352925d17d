using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace RequestsAsync.Cli.Tests;

/// <summary>Serves one file with ranges, as slowly as it is told to, and cuts every connection at random.</summary>
internal sealed partial class CuttingServer : IAsyncDisposable
{
    private const int PieceBytes = 64 << 10;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random = new(20_26);
    private readonly byte[] _content;
    private readonly int _longestAnswer;
    private readonly Task _accepting;
    private int _answers;
    private int _cuts;
    private int _continued;

    /// <param name="content">The file.</param>
    /// <param name="longestAnswer">After how many bytes at most a connection is cut.</param>
    public CuttingServer(byte[] content, int longestAnswer)
    {
        _content = content;
        _longestAnswer = longestAnswer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/data.bin";

    /// <summary>How long it rests after each 64 KiB.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>How often it answers before the file is gone.</summary>
    public int MostAnswers { get; init; } = int.MaxValue;

    public int Answers => _answers;

    public int Cuts => _cuts;

    /// <summary>How many requests asked for the rest of the file.</summary>
    public int Continued => _continued;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> running = [];
        try
        {
            while (true) running.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                byte[] head = new byte[8192];
                int length = await socket.ReceiveAsync(head, _stop.Token);
                await AnswerAsync(socket, Encoding.ASCII.GetString(head, 0, length));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The client was killed, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(Socket socket, string head)
    {
        if (Interlocked.Increment(ref _answers) > MostAnswers)
        {
            await socket.SendAsync("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
            return;
        }

        Match range = RangeField().Match(head);
        int first = range.Success ? int.Parse(range.Groups["first"].Value, CultureInfo.InvariantCulture) : 0;
        int last = range.Groups["last"].Length > 0 ? int.Parse(range.Groups["last"].Value, CultureInfo.InvariantCulture) : _content.Length - 1;
        string status = range.Success ? $"206 Partial Content\r\nContent-Range: bytes {first}-{last}/{_content.Length}" : "200 OK\r\nAccept-Ranges: bytes";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nETag: \"v1\"\r\nConnection: close\r\nContent-Length: {last - first + 1}\r\n\r\n"), _stop.Token);

        if (range.Success) Interlocked.Increment(ref _continued);
        int end = Math.Min(last + 1, first + Next(_longestAnswer));
        for (int at = first; at < end;)
        {
            at += await socket.SendAsync(_content.AsMemory(at, Math.Min(PieceBytes, end - at)), _stop.Token);
            await Task.Delay(Pause, _stop.Token);
        }

        if (end <= last) Interlocked.Increment(ref _cuts);
    }

    private int Next(int most)
    {
        lock (_random) return _random.Next(most);
    }

    [GeneratedRegex(@"^Range: bytes=(?<first>\d+)-(?<last>\d*)\r$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RangeField();
}
