namespace RequestsAsync.Testing.Tests;

public class BombTests(WireFixture wires) : IClassFixture<WireFixture>
{
    [Theory]
    [InlineData("http/1.1", "/bomb/gzip", "gzip")]
    [InlineData("http/1.1", "/bomb/br", "br")]
    [InlineData("http/1.1", "/bomb/deflate", "deflate")]
    [InlineData("http/1.1", "/bomb/nested", "gzip, gzip")]
    [InlineData("h2", "/bomb/nested?layers=3", "gzip, gzip, gzip")]
    [InlineData("h2", "/bomb/gzip", "gzip")]
    public async Task It_is_small_until_it_is_decoded(string wire, string path, string coding)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = System.Net.DecompressionMethods.None };
        using var raw = new HttpClient(handler);
        byte[] sent = await raw.GetByteArrayAsync(wires.Plain.Url + path);
        Assert.InRange(sent.Length, 1, 20_000);

        await using Session session = wires.Open(wire);
        RequestException refused = await Assert.ThrowsAnyAsync<RequestException>(() => session.GetAsync(path, new() { MaxResponseBytes = 1_000_000 }));
        Assert.True(refused is DecodingException or BodyTooLargeException, refused.ToString());

        Response small = await session.GetAsync(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "size=20000");
        Assert.Equal(coding, small.Headers["Content-Encoding"]);
        Assert.Equal(20_000, small.Content.Length);
        Assert.Equal(-1, small.Content.Span.IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [InlineData("/bomb/zip", 404)]
    [InlineData("/bomb/gzip?size=-1", 400)]
    [InlineData("/bomb/nested?layers=x", 400)]
    public async Task What_is_wrong_is_refused(string path, int status)
    {
        await using Session session = wires.Open("http/1.1");
        Assert.Equal(status, (await session.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_head_does_not_make_one()
    {
        await using Session session = wires.Open("http/1.1");
        Response response = await session.HeadAsync("/bomb/gzip?size=99999999999");
        Assert.Equal(200, response.StatusCode);
        Assert.Equal("gzip", response.Headers["Content-Encoding"]);
    }
}
