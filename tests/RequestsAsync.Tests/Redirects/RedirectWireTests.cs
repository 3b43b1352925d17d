namespace RequestsAsync.Tests;

public sealed class RedirectWireTests(BinFixture bin)
{
    [Theory]
    [InlineData("redirect/4", true)]
    [InlineData("redirect/4", false)]
    [InlineData("absolute-redirect/4", true)]
    [InlineData("relative-redirect/4", false)]
    public async Task Redirects_are_followed_over_the_network(string path, bool awaited)
    {
        await using Session session = new();
        Response response = await session.SendAsync(awaited, "GET", $"{bin.Url}/{path}");

        Assert.Equal($"{bin.Url}/get", response.Url.ToString());
        Assert.Equal(4, response.History.Count);
        Assert.All(response.History, hop => Assert.Equal(302, hop.StatusCode));
        Assert.NotNull(response.History[0].Text);
    }

    [Fact]
    public async Task A_large_body_of_a_redirect_is_not_kept()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            string head = (await connection.ReadHeadAsync())!.Head;
            await connection.WriteAsync(head.StartsWith("GET /start", StringComparison.Ordinal)
                ? "HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 10000000\r\n\r\nxx"
                : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await connection.WaitForCloseAsync();
        });
        await using Session session = new();

        Response response = await session.GetAsync(server.Url + "/start");

        Assert.Equal("ok", response.Text);
        Assert.Throws<BodyConsumedException>(() => response.History[0].Text);
    }

    [Fact]
    public async Task Location_octets_are_read_as_utf8()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            string head = (await connection.ReadHeadAsync())!.Head;
            await connection.WriteAsync(head.Contains(" /start ", StringComparison.Ordinal)
                ? System.Text.Encoding.UTF8.GetBytes("HTTP/1.1 302 Found\r\nLocation: /grüße\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\nX-Latin: \u00e9\r\n\r\n"u8.ToArray());
        });
        await using Session session = new();
        Assert.EndsWith("/gr%C3%BC%C3%9Fe", (await session.GetAsync(server.Url + "/start")).Url.ToString(), StringComparison.Ordinal);
        Assert.Contains(server.Heads, head => head.StartsWith("GET /gr%C3%BC%C3%9Fe ", StringComparison.Ordinal));
    }
}
