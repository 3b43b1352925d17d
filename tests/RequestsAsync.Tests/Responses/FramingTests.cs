using System.Text;

namespace RequestsAsync.Tests;

/// <summary>Where a body ends is not left in doubt.</summary>
public sealed class FramingTests
{
    private const string Head = "HTTP/1.1 200 OK\r\n";

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 10\r\n")]
    [InlineData("Content-Length: 10\r\nContent-Length: 5\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: ten\r\n")]
    [InlineData("Content-Length: ten\r\nContent-Length: 5\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length:\r\n")]
    [InlineData("Content-Length: 5, 10\r\n")]
    [InlineData("Content-Length: 010, 10\r\n")]
    [InlineData("Content-Length: 10,\r\n")]
    [InlineData("Content-Length: ,10\r\n")]
    [InlineData("Content-Length: ten\r\n")]
    [InlineData("Content-Length: 10s\r\n")]
    [InlineData("Content-Length: +10\r\n")]
    [InlineData("Content-Length: -10\r\n")]
    [InlineData("Content-Length: 0xA\r\n")]
    [InlineData("Content-Length: 1 0\r\n")]
    [InlineData("Content-Length: 1\r\n 0\r\n")]
    [InlineData("Content-Length: \"10\"\r\n")]
    [InlineData("Content-Length:\r\n")]
    [InlineData("Content-Length: 9223372036854775808\r\n")]
    public Task A_length_that_is_not_one_number_is_refused(string field) =>
        AssertRefusedAsync(Head + field + "\r\n012", "Content-Length");

    [Theory]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked, gzip\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n")]
    [InlineData("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n")]
    [InlineData("Transfer-Encoding: \u000Bchunked\r\n")]
    [InlineData("Transfer-Encoding: \"chunked\"\r\n")]
    [InlineData("Transfer-Encoding: chunked;a=b\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n  x\r\n")]
    [InlineData("Transfer-Encoding: gzip\r\nContent-Length: 22\r\n")]
    [InlineData("Transfer-Encoding:\r\n")]
    public Task A_transfer_coding_that_is_not_chunked_alone_is_refused(string field) =>
        AssertRefusedAsync(Head + field + "\r\na\r\n012", "Transfer-Encoding");

    // Its end must not be waited for: nothing comes after it.
    [Fact]
    public async Task The_last_byte_of_an_agreed_length_ends_a_body_that_is_streamed()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Write(Head + "Content-Length: 5, 5\r\n\r\n01234").Repeat());
        await using Session session = new();
        for (int i = 0; i < 2; i++)
        {
            await using Response streamed = await session.StreamAsync("GET", server.Url);
            using MemoryStream copied = new();
            await streamed.CopyToAsync(copied).WaitAsync(TimeSpan.FromSeconds(10));

            Assert.Equal("01234"u8, copied.ToArray());
        }
    }

    [Fact]
    public Task A_NUL_in_the_status_line_is_refused() => AssertRefusedAsync("HTTP/1.1 200 O\0K\r\nContent-Length: 0\r\n\r\n", "NUL");

    [Fact]
    public Task Both_frames_in_HTTP_1_0_are_refused() =>
        AssertRefusedAsync("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\nContent-Length: 10\r\n\r\na\r\n012", "HTTP/1.0");

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: CHUNKED\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked, chunked\r\n")]
    [InlineData("Transfer-Encoding: ,chunked,\r\n")]
    public async Task Chunked_alone_is_taken(string field)
    {
        await using FaultyServer server = Server(Head + field + "\r\na\r\n0123456789\r\n0\r\n\r\n");
        await using Session session = new();
        Assert.Equal("0123456789", (await session.GetAsync(server.Url)).Text);
        Assert.Equal("0123456789", (await session.GetAsync(server.Url)).Text);
        Assert.Equal(1, server.ConnectionCount);
    }

    [Fact]
    public async Task Chunked_overrides_a_length()
    {
        await using FaultyServer server = Server(Head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n");
        await using Session session = new();

        Response response = await session.GetAsync(server.Url);

        Assert.Equal("0123456789", response.Text);
        Assert.False(response.Headers.Contains("Content-Length"));
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n")]
    [InlineData("Content-Length: 5, 5\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5,5\r\n")]
    [InlineData("Content-Length: 5,5\r\nContent-Length: 5\r\n")]
    [InlineData("Transfer-Encoding: identity\r\nContent-Length: 5\r\n")]
    public async Task Lengths_that_agree_are_one_length(string field)
    {
        await using FaultyServer server = Server(Head + field + "\r\n0123456789");
        await using Session session = new();

        Response response = await session.GetAsync(server.Url);
        await using Response streamed = await session.StreamAsync("GET", server.Url);
        using MemoryStream copied = new();
        await streamed.CopyToAsync(copied);
        using Response blocking = session.Stream("GET", server.Url);

        Assert.Equal("01234", response.Text);
        Assert.Equal(["5"], response.Headers.GetValues("Content-Length"));
        Assert.Equal("01234"u8, copied.ToArray());
        Assert.Equal("01234", string.Concat(blocking.Chunks().Select(chunk => Encoding.ASCII.GetString(chunk.Span))));
    }

    [Fact]
    public async Task A_list_of_lengths_says_when_the_body_is_cut_off()
    {
        await using FaultyServer server = FaultyServer.Start(Head + "Content-Length: 20, 20\r\n\r\n0123456789");
        await using Session session = new();

        await Assert.ThrowsAsync<ConnectionLostException>(() => session.GetAsync(server.Url));
        Assert.Throws<ConnectionLostException>(() => session.Get(server.Url));
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5, 5\r\n\r\n")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n")]
    public async Task Where_no_body_can_be_a_length_frames_nothing(string method, string answer)
    {
        await using FaultyServer server = Server(answer);
        await using Session session = new();
        Assert.Empty((await session.SendAsync(method, server.Url)).Content.ToArray());
        Assert.Empty((await session.SendAsync(method, server.Url)).Content.ToArray());
        Assert.Equal(1, server.ConnectionCount);
    }

    [Fact]
    public async Task HTTP_1_0_knows_no_transfer_codings()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.0 200 OK\r\nTransfer-Encoding: bogus\r\nContent-Length: 5\r\n\r\n01234");
        await using Session session = new();
        Assert.Equal("01234", (await session.GetAsync(server.Url)).Text);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n", 0)]
    [InlineData("Transfer-Encoding: chunked\r\n", 0)]
    [InlineData("", 0)]
    [InlineData("Content-Length: 12345\r\n", 32)] // the digits: the runtime keeps the number, and shows it only as text
    public async Task Checking_an_ordinary_head_costs_next_to_nothing(string field, long bytes)
    {
        const int Rounds = 100;
        await using FaultyServer server = FaultyServer.Start(Head + "Server: x\r\n" + field + "Content-Type: text/plain\r\n\r\n");
        using SocketsHttpHandler handler = new();
        using HttpMessageInvoker invoker = new(handler);
        using HttpRequestMessage request = new(HttpMethod.Get, server.Url);
        using HttpResponseMessage message = await invoker.SendAsync(request, TestContext.Current.CancellationToken);
        for (int i = 0; i < Rounds; i++) ResponseFraming.Check(message);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++) ResponseFraming.Check(message);

        Assert.Equal(bytes, (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds);
    }

    private static async Task AssertRefusedAsync(string answer, string why)
    {
        await using FaultyServer server = Server(answer);
        await using Session session = new();
        ProtocolException e = await Assert.ThrowsAsync<ProtocolException>(() => session.GetAsync(server.Url));
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.StartsWith($"GET {server.Url}/ failed on attempt 1: ", e.Message, StringComparison.Ordinal);

        // The body is not complete yet, so the connection cannot be put right: it is not used again.
        await Assert.ThrowsAsync<ProtocolException>(() => session.StreamAsync("GET", server.Url));
        Assert.Throws<ProtocolException>(() => session.Get(server.Url));
        Assert.Equal(3, server.ConnectionCount);
    }

    // Keeps its connections.
    private static FaultyServer Server(string answer) => FaultyServer.Start(script => script.ReadHead().Write(answer).Repeat());
}
