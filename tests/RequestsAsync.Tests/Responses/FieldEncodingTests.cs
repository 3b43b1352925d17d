using System.Text;

namespace RequestsAsync.Tests;

/// <summary>Octets of header fields, in both directions: the fast ways for ASCII must change nothing for the others.</summary>
public sealed class FieldEncodingTests
{
    private const string Utf8 = "naïve ☕";

    public static TheoryData<string, bool> Responses => new()
    {
        { "Content-Length: 2\r\n", true },
        { "Content-Length: 2\r\n", false },
        { "Connection: close\r\n", true },
        { "Connection: close\r\n", false },
    };

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task Of_a_response_they_are_read_as_utf8(string framing, bool inOnePiece)
    {
        byte[] answer = Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nX-Plain: plain\r\n{framing}X-Name: {Utf8}\r\n\r\nok");
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            foreach (byte[] piece in inOnePiece ? [answer] : answer.Chunk(7))
                await connection.WriteAsync(piece);
        });
        await using Session session = new();

        Response response = await session.GetAsync(server.Url);

        Assert.Equal((Utf8, "plain", "ok"), (response.Headers["X-Name"], response.Headers["X-Plain"], response.Text));
    }

    [Theory]
    [InlineData(Utf8, true)]
    [InlineData("naïve", false)]
    [InlineData("OK", true)]
    public async Task Of_a_reason_phrase_too(string reason, bool isUtf8)
    {
        byte[] answer = (isUtf8 ? Encoding.UTF8 : Encoding.Latin1).GetBytes($"HTTP/1.1 200 {reason}\r\nContent-Length: 2\r\n\r\nok");
        await using FaultyServer server = FaultyServer.Start(answer);
        await using Session session = new();

        Assert.Equal(reason, (await session.GetAsync(server.Url)).Reason);
    }

    [Fact]
    public async Task So_are_those_behind_a_body_whose_head_was_all_ascii()
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead()
            .Write(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Name: {Utf8}\r\n\r\n")));
        await using Session session = new();

        Response response = await session.GetAsync(server.Url);

        Assert.Equal((Utf8, "ok"), (response.Trailers["X-Name"], response.Text));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData(Utf8)]
    public async Task Of_a_request_they_are_written_as_utf8(string value)
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead()
            .Write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            .Repeat());
        await using Session session = new();

        await session.GetAsync(server.Url, new() { Headers = { ["X-Name"] = value } });
        await session.GetAsync(server.Url, new() { Cookies = { ["n"] = value.Replace(' ', '_') } });

        Assert.Contains($"X-Name: {value}\r\n", HeadOf(server, 0), StringComparison.Ordinal);
        Assert.Contains($"Cookie: n={value.Replace(' ', '_')}\r\n", HeadOf(server, 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_is_the_type_of_content()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using Session session = new();

        await session.PostAsync(server.Url, new() { Content = Body.FromBytes("x"u8.ToArray(), $"text/plain; title=\"{Utf8}\"") });

        Assert.Contains($"title=\"{Utf8}\"", HeadOf(server, 0), StringComparison.Ordinal);
    }

    private static string HeadOf(FaultyServer server, int request) => Encoding.UTF8.GetString(server.Requests[request].HeadBytes.Span);
}
