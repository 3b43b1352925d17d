using System.IO.Compression;
using System.Text;

namespace RequestsAsync.Cli.Tests;

public sealed class MessagePrinterTests(BinFixture bin)
{
    private static readonly PrintOptions Everything = new() { Last = MessageParts.Request | MessageParts.Response };

    private static readonly PrintOptions Terminal = new() { IsTerminal = true, Format = true, Last = MessageParts.ResponseBody };

    [Fact]
    public async Task Blank_lines_part_what_is_printed()
    {
        SentMessage request = new("POST /x HTTP/1.1", [new("Host", "h"), new("Content-Type", "application/json")], "[1]"u8.ToArray());

        string printed = await PrintAsync(Everything, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"u8.ToArray(), request);

        Assert.Equal("POST /x HTTP/1.1\nHost: h\nContent-Type: application/json\n\n[1]\n\nHTTP/1.1 200 OK\nContent-Length: 4\n\nbody", printed);
    }

    [Fact]
    public async Task A_terminal_ends_its_last_line()
    {
        SentMessage request = new("GET / HTTP/1.1", [new("b", "1"), new("A", "\e")], Body: null);
        PrintOptions options = Everything with { IsTerminal = true, Format = true, Formatting = new() { HeadersSort = true } };

        string printed = await PrintAsync(options, "HTTP/1.1 204 \u001b[2J\r\n\r\n"u8.ToArray(), request);

        Assert.Equal("GET / HTTP/1.1\nA: \\x1b\nb: 1\n\nHTTP/1.1 204 \\x1b[2J\n\n", printed);
    }

    [Theory]
    [InlineData("application/json", "{\"a\":[1]}", "{\n    \"a\": [\n        1\n    ]\n}\n")]
    [InlineData("text/plain", "a\e[2Jb\r\nc", "a\\x1b[2Jb\nc\n")]
    [InlineData("text/plain; charset=iso-8859-2", "\u00e9\u00ea", "éę\n")]
    [InlineData("application/x-ndjson", "{\"a\":1}\n{\"b\":2}", "{\n    \"a\": 1\n}\n{\n    \"b\": 2\n}\n")]
    [InlineData("text/event-stream", "event: x\r\ndata: [1]\r\n\r\n", "event: x\ndata: [\ndata:     1\ndata: ]\n\n")]
    [InlineData("image/png", "\u0089PNG\0", "[5 bytes of binary data are not shown here. Write them to a file with -o FILE, or pipe them on.]\n")]
    public async Task A_terminal_gets_text(string type, string body, string expected) =>
        Assert.Equal(expected, await PrintAsync(Terminal, Answer(type, Encoding.Latin1.GetBytes(body))));

    [Fact]
    public async Task Binary_data_that_begins_as_text_is_noticed() =>
        Assert.StartsWith("[40001 bytes of binary data", await PrintAsync(Terminal, Answer("text/plain", [.. Enumerable.Repeat((byte)'a', 40_000), 0])), StringComparison.Ordinal);

    [Fact]
    public async Task A_pipe_with_colours_gets_binary_data_as_it_is()
    {
        byte[] body = [0x89, 0, 0x1b, 0xff];

        Assert.Equal(body, await PrintBytesAsync(new() { Colors = true, Last = MessageParts.ResponseBody }, Answer("image/png", body)));
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("text/event-stream", false)]
    [InlineData("text/plain", true)]
    public async Task A_line_without_an_end_is_printed_in_pieces(string type, bool stream)
    {
        byte[] body = [.. "[\""u8, .. Enumerable.Repeat((byte)'x', 10_000_000), .. "\"]\n\e\n"u8];

        string printed = await PrintAsync(Terminal with { Stream = stream }, Answer(type, body));

        Assert.Equal($"[\"{new string('x', 10_000_000)}\"]\n\\x1b\n", printed);
    }

    [Fact]
    public async Task A_body_too_long_to_format_is_printed_as_it_comes()
    {
        byte[] line = "{\"a\": 1, \"\e\": \r\n"u8.ToArray();
        int count = (BodyPrinter.MaxFormatted * 2 / line.Length) + 1;
        byte[] body = new byte[count * line.Length];
        for (int i = 0; i < count; i++) line.CopyTo(body, i * line.Length);

        string printed = await PrintAsync(Terminal, Answer("application/json", body));

        Assert.Equal(count * "{\"a\": 1, \"\\x1b\": \n".Length, printed.Length);
        Assert.DoesNotContain('\e', printed);
    }

    [Fact]
    public async Task Metadata_is_plain_in_a_pipe()
    {
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionMode.Compress, leaveOpen: true)) gzip.Write(new byte[1000]);
        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {zipped.Length}\r\n\r\n"), .. zipped.ToArray()];

        string[] lines = (await PrintAsync(new() { Last = MessageParts.Meta }, answer)).Split('\n');

        Assert.Contains(lines, static line => line.StartsWith("Remote address: 127.0.0.1:", StringComparison.Ordinal));
        foreach (string line in (string[])["Connection: new", "Protocol: HTTP/1.1", "Attempts: 1", "Redirects: 0", $"Content-Length: {zipped.Length} bytes", "Body: 1000 bytes"])
            Assert.Contains(line, lines);
        foreach (string name in (string[])["DNS", "Connect", "TLS", "First byte", "Total"])
            Assert.Matches($@"^{name}: [0-9]+\.[0-9]{{2}} ms$", Assert.Single(lines, line => line.StartsWith($"{name}:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(10)]
    public async Task Metadata_fits_on_the_terminal(int width)
    {
        string printed = await PrintAsync(Terminal with { Last = MessageParts.Meta, Width = width }, Answer("text/plain", "x"u8.ToArray()));

        string[] times = printed.Split('\n')[..5];
        Assert.All(times, line => Assert.InRange(line.Length, 0, Math.Max(width, 30)));
        Assert.Equal(width >= 40, printed.Contains('━'));
    }

    [Fact]
    public async Task Shows_the_redirects_on_the_way()
    {
        using MemoryStream output = new();
        using StandardStreams streams = new(output, Stream.Null, static () => Stream.Null, isTerminal: false);
        await using Session session = new();
        await using Response response = await session.StreamAsync("GET", $"{bin.Url}/redirect/2", cancellationToken: TestContext.Current.CancellationToken);
        MessagePrinter printer = new(streams, new() { Last = MessageParts.Response | MessageParts.Meta, Intermediate = MessageParts.Response | MessageParts.Meta });
        foreach (Response redirect in response.History)
            await printer.WriteIntermediateResponseAsync(redirect, TestContext.Current.CancellationToken);
        await printer.WriteResponseAsync(response, TestContext.Current.CancellationToken);

        string printed = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(["302", "302", "200"], printed.Split('\n').Where(static line => line.StartsWith("HTTP/", StringComparison.Ordinal)).Select(static line => line.Split(' ')[1]));
        Assert.Equal(3, printed.Split("\nTotal: ").Length - 1);
    }

    private static byte[] Answer(string type, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    private static async Task<string> PrintAsync(PrintOptions options, byte[] answer, SentMessage? request = null) =>
        Encoding.UTF8.GetString(await PrintBytesAsync(options, answer, request));

    private static async Task<byte[]> PrintBytesAsync(PrintOptions options, byte[] answer, SentMessage? request = null)
    {
        CancellationToken stopping = TestContext.Current.CancellationToken;
        await using FaultyServer server = FaultyServer.Start(answer);
        using MemoryStream output = new();
        using StandardStreams streams = new(output, Stream.Null, static () => Stream.Null, options.IsTerminal);
        MessagePrinter printer = new(streams, options);
        if (request is not null) await printer.WriteRequestAsync(request, stopping);
        await using Session session = new();
        await using Response response = await session.StreamAsync("GET", server.Url, cancellationToken: stopping);
        await printer.WriteResponseAsync(response, stopping);
        return output.ToArray();
    }
}
