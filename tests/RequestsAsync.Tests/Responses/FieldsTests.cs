using System.IO.Compression;

namespace RequestsAsync.Tests;

public sealed class FieldsTests
{
    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Fact]
    public async Task Links_are_resolved_and_found_by_their_relation()
    {
        Response response = await ReceiveAsync(
            "Link: <?page=2>; rel=\"next last\"; title=More, </first>; rel=first\r\n" +
            "Link: <//other.example/x>; rel=Author, <mailto:me@example.com>; rel=help\r\n" +
            "Link: </elsewhere>; rel=up; anchor=\"/foo\", <#here>; rel=bookmark\r\n",
            "/items?page=1");
        string origin = response.Url.Origin;

        Assert.Equal(
            [origin + "/items?page=2", origin + "/first", "http://other.example/x", "mailto:me@example.com", origin + "/elsewhere", origin + "/items?page=1#here"],
            response.Links.Select(link => link.Url));
        Assert.Equal(origin + "/items?page=2", response.Link("NEXT")!.Url);
        Assert.Same(response.Link("next"), response.Link("last"));
        Assert.Equal("More", response.Link("next")!.Title);
        Assert.Equal("http://other.example/x", response.Link("author")!.Url);
        Assert.Null(response.Link("up"));
        Assert.Null(response.Link("prev"));
        Assert.Throws<ArgumentNullException>(() => response.Link(null!));
    }

    [Fact]
    public async Task Without_the_fields_there_is_nothing()
    {
        Response response = await ReceiveAsync("");
        Assert.Empty(response.Links);
        Assert.Null(response.Link("next"));
        Assert.Null(response.ContentDisposition);
        Assert.Empty(response.Cookies);
        Assert.Empty(response.Trailers);
        Assert.Null(response.NextRequest);
    }

    [Theory]
    [InlineData("attachment; filename=\"../../etc/passwd\"", "attachment", "passwd")]
    [InlineData("attachment; filename=x; filename*=UTF-8''%e2%82%ac%20rates.txt", "attachment", "€ rates.txt")]
    [InlineData("inline", "inline", null)]
    public async Task Content_disposition_is_read(string field, string type, string? name)
    {
        Response response = await ReceiveAsync($"Content-Disposition: {field}\r\n");
        Assert.Equal(type, response.ContentDisposition!.Type);
        Assert.Equal(name, response.ContentDisposition.FileName);
    }

    [Fact]
    public async Task Cookies_are_those_that_this_response_sets()
    {
        const string Fields =
            "Set-Cookie: sid=1; Path=/; HttpOnly\r\nSet-Cookie: theme=dark; Max-Age=60\r\nSet-Cookie: gone=1; Max-Age=0\r\n" +
            "Set-Cookie: foreign=1; Domain=example.com\r\nSet-Cookie: sid=2; Path=/\r\nSet-Cookie: =\r\n";
        await using FaultyServer server = Answers.Server(Answers.Whole("text/plain", [], Fields));
        await using Session session = new();
        await using Session forgetful = new(new() { Cookies = CookieJar.None });
        Response response = await session.GetAsync(server.Url);

        Assert.Equal(["sid=2", "theme=dark"], response.Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}").Order(StringComparer.Ordinal));
        Assert.All(response.Cookies, cookie => Assert.Equal("127.0.0.1", cookie.Domain));
        Assert.Equal(2, session.Cookies.Count);
        Assert.Equal(2, (await forgetful.GetAsync(server.Url)).Cookies.Count);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Trailers_are_here_after_the_body(bool awaited)
    {
        await using FaultyServer server = Answers.Server(
            Answers.ByteByByte("text/plain", "abc"u8.ToArray(), "Trailer: X-Sum\r\n", "X-Sum: 42\r\nx-more: a\r\nx-more: b\r\n"));
        await using Session session = new();
        Response buffered = await session.SendAsync(awaited, "GET", server.Url);
        Assert.Equal("42", buffered.Trailers["x-sum"]);
        Assert.Equal(["a", "b"], buffered.Trailers.GetValues("X-More"));
        Assert.Null(buffered.Headers["X-Sum"]);

        await using Response streamed = await session.OpenAsync(awaited, server.Url);
        await streamed.ReadChunksAsync(awaited);
        Assert.Equal("42", streamed.Trailers["X-Sum"]);
    }

    [Theory]
    [InlineData("br", true)]
    [InlineData("br", false)]
    [InlineData("gzip", true)]
    [InlineData("gzip", false)]
    [InlineData("deflate", true)]
    [InlineData("deflate", false)]
    public async Task What_comes_after_coded_data_is_read_too_so_that_the_connection_can_be_used_again(string coding, bool awaited)
    {
        byte[] coded = Code(coding, "abc"u8);
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
            {
                await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nTransfer-Encoding: chunked\r\n\r\n");
                await connection.WriteAsync(Answers.Chunk(coded));
                await Task.Yield();
                await connection.WriteAsync("0\r\nX-Sum: 42\r\n\r\n");
            }
        });
        await using Session session = new();
        for (int i = 0; i < 20; i++)
        {
            Response response = await session.SendAsync(awaited, "GET", server.Url);
            Assert.Equal("abc", response.Text);
            Assert.Equal("42", response.Trailers["X-Sum"]);
        }

        Assert.Equal(1, server.ConnectionCount);
    }

    [Fact]
    public async Task Fields_keep_their_order_their_spelling_and_their_lines_as_far_as_the_transport_does()
    {
        Response response = await ReceiveAsync(
            "x-First: 1\r\nSet-Cookie: a=1; expires=Thu, 01 Jan 2099 00:00:00 GMT\r\nX-MiXeD:  spaced \r\nserver: s\r\nExpires: 0\r\nset-cookie: b=2\r\nX-Empty:\r\nX-Text: gr\u00fc\u00dfe\r\n");

        Assert.Equal(
            ["x-First: 1", "Set-Cookie: a=1; expires=Thu, 01 Jan 2099 00:00:00 GMT", "Set-Cookie: b=2", "X-MiXeD: spaced", "Server: s", "X-Empty: ", "X-Text: grüße",
             "Content-Type: text/plain", "Expires: 0", "Content-Length: 2"],
            response.Headers.Select(field => $"{field.Key}: {field.Value}"));
        Assert.Equal(["a=1; expires=Thu, 01 Jan 2099 00:00:00 GMT", "b=2"], response.Headers.GetValues("set-cookie"));
    }

    private static async Task<Response> ReceiveAsync(string fields, string path = "/")
    {
        await using FaultyServer server = Answers.Server(Answers.Whole("text/plain", "ok"u8.ToArray(), fields));
        await using Session session = new();
        return await session.GetAsync(server.Url + path);
    }

    private static byte[] Code(string coding, ReadOnlySpan<byte> data)
    {
        using MemoryStream coded = new();
        using (Stream encoder = coding switch
        {
            "gzip" => new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(coded, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BrotliStream(coded, CompressionLevel.Fastest, leaveOpen: true),
        })
            encoder.Write(data);
        return coded.ToArray();
    }
}
