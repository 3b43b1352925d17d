using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RequestsAsync.Tests;

/// <summary>Serves one file over HTTP/1.1, by the rules for ranges and against them, and cuts connections where it is told to.</summary>
internal sealed partial class FileServer : IAsyncDisposable
{
    private readonly FaultyServer _server;
    private int _requests;

    public FileServer(byte[] content)
    {
        Content = content;
        _server = FaultyServer.Serve(ServeAsync);
    }

    public byte[] Content { get; set; }

    public string? ETag { get; set; } = "\"v1\"";

    /// <summary>More header fields, each with its line end.</summary>
    public string Fields { get; set; } = "";

    public bool HasRanges { get; set; } = true;

    public bool IsChunked { get; set; }

    /// <summary>Called with each request's number, from 1, before it is answered.</summary>
    public Action<int>? Before { get; set; }

    /// <summary>After how many bytes of the body, for each request's number, the connection is reset; nothing for never.</summary>
    public Func<int, int?>? Cut { get; set; }

    /// <summary>Another answer than the right one, for a request's number and head; <see langword="null"/> for the right one.</summary>
    public Func<int, string, byte[]?>? Instead { get; set; }

    public string Url => _server.Url + "/files/data.bin";

    public IReadOnlyList<string> Heads => _server.Heads;

    public IEnumerable<string?> Ranges => Heads.Select(static head => RangeField().Match(head) is { Success: true } match ? match.Groups["range"].Value : null);

    public static byte[] Bytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>An answer with a part of the file, whatever was asked for.</summary>
    public byte[] Part(string contentRange, ReadOnlySpan<byte> body, string fields = "") =>
    [
        .. Encoding.Latin1.GetBytes($"HTTP/1.1 206 Partial Content\r\nETag: {ETag}\r\nContent-Range: {contentRange}\r\n{fields}Content-Length: {body.Length}\r\n\r\n"),
        .. body,
    ];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(FaultyConnection connection)
    {
        while (await connection.ReadHeadAsync() is { Head: var head })
        {
            int number = Interlocked.Increment(ref _requests);
            Before?.Invoke(number);
            (byte[] answer, int headLength) = Answer(number, head);
            if (Cut?.Invoke(number) is { } cut && headLength + cut < answer.Length)
            {
                await connection.WriteAsync(answer.AsMemory(0, headLength + cut));
                await Task.Delay(20); // a reset would take what the client has not read yet
                connection.Reset();
                return;
            }

            await connection.WriteAsync(answer);
        }
    }

    private (byte[] Answer, int HeadLength) Answer(int number, string head)
    {
        if (Instead?.Invoke(number, head) is { } other) return (other, other.AsSpan().IndexOf("\r\n\r\n"u8) + 4);

        byte[] content = Content;
        Match range = RangeField().Match(head);
        Match condition = IfRangeField().Match(head);
        StringBuilder answer = new();
        if (HasRanges && range.Success && (!condition.Success || condition.Groups["validator"].Value == ETag))
        {
            int first = int.Parse(range.Groups["first"].Value, CultureInfo.InvariantCulture);
            int last = range.Groups["last"].Length == 0 ? content.Length - 1 : int.Parse(range.Groups["last"].Value, CultureInfo.InvariantCulture);
            if (first >= content.Length)
            {
                answer.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */{content.Length}\r\n");
                content = [];
            }
            else
            {
                answer.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {first}-{last}/{content.Length}\r\n");
                content = content[first..(last + 1)];
            }
        }
        else
        {
            answer.Append("HTTP/1.1 200 OK\r\nContent-Type: application/x-test; a=b\r\n");
            if (HasRanges) answer.Append("Accept-Ranges: bytes\r\n");
        }

        if (ETag is not null) answer.Append("ETag: ").Append(ETag).Append("\r\n");
        answer.Append(Fields);
        if (IsChunked) answer.Append("Transfer-Encoding: chunked\r\n\r\n");
        else answer.Append(CultureInfo.InvariantCulture, $"Content-Length: {content.Length}\r\n\r\n");
        byte[] start = Encoding.Latin1.GetBytes(answer.ToString());
        return ([.. start, .. IsChunked ? [.. Answers.Chunk(content), .. "0\r\n\r\n"u8] : content], start.Length);
    }

    [GeneratedRegex(@"^Range: (?<range>bytes=(?<first>\d+)-(?<last>\d*))\r$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RangeField();

    [GeneratedRegex(@"^If-Range: (?<validator>.*)\r$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IfRangeField();
}
