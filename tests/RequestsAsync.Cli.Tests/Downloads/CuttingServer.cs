using System.Globalization;
using System.Text.RegularExpressions;

namespace RequestsAsync.Cli.Tests;

/// <summary>Serves one file with ranges, as slowly as it is told to, and cuts every connection at random.</summary>
internal sealed partial class CuttingServer : IAsyncDisposable
{
    private const int PieceBytes = 64 << 10;

    private readonly FaultyServer _server;
    private readonly Random _random = new(20_26);
    private readonly byte[] _content;
    private readonly int _longestAnswer;
    private int _answers;
    private int _cuts;
    private int _continued;

    /// <param name="content">The file.</param>
    /// <param name="longestAnswer">After how many bytes at most a connection is cut.</param>
    public CuttingServer(byte[] content, int longestAnswer)
    {
        _content = content;
        _longestAnswer = longestAnswer;
        _server = FaultyServer.Serve(AnswerAsync);
    }

    public string Url => _server.Url + "/data.bin";

    /// <summary>How long it rests after each 64 KiB.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>How often it answers before the file is gone.</summary>
    public int MostAnswers { get; init; } = int.MaxValue;

    public int Answers => _answers;

    public int Cuts => _cuts;

    /// <summary>How many requests asked for the rest of the file.</summary>
    public int Continued => _continued;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(FaultyConnection connection)
    {
        if (await connection.ReadHeadAsync() is not { Head: var head }) return;
        if (Interlocked.Increment(ref _answers) > MostAnswers)
        {
            await connection.WriteAsync("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            return;
        }

        Match range = RangeField().Match(head);
        int first = range.Success ? int.Parse(range.Groups["first"].Value, CultureInfo.InvariantCulture) : 0;
        int last = range.Groups["last"].Length > 0 ? int.Parse(range.Groups["last"].Value, CultureInfo.InvariantCulture) : _content.Length - 1;
        string status = range.Success ? $"206 Partial Content\r\nContent-Range: bytes {first}-{last}/{_content.Length}" : "200 OK\r\nAccept-Ranges: bytes";
        await connection.WriteAsync($"HTTP/1.1 {status}\r\nETag: \"v1\"\r\nConnection: close\r\nContent-Length: {last - first + 1}\r\n\r\n");

        if (range.Success) Interlocked.Increment(ref _continued);
        int end = Math.Min(last + 1, first + Next(_longestAnswer));
        for (int at = first; at < end; at += PieceBytes)
        {
            await connection.WriteAsync(_content.AsMemory(at, Math.Min(PieceBytes, end - at)));
            await connection.WaitAsync(Pause);
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
