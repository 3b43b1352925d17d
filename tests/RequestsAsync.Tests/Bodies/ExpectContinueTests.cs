namespace RequestsAsync.Tests;

public sealed class ExpectContinueTests
{
    private const int Size = 50_000;

    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task The_content_follows_a_100(bool awaited)
    {
        string content = "";
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
            content = await connection.ReadTextAsync(Size);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        });
        await using Session session = new();

        Response response = await session.SendAsync(awaited, "POST", server.Url, new() { Content = new byte[Size], ExpectContinue = true });

        Assert.Equal("ok", response.Text);
        Assert.Equal(Size, content.Length);
        Assert.Contains("\r\nExpect: 100-continue\r\n", Assert.Single(server.Heads), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 401)]
    [InlineData(false, 401)]
    [InlineData(true, 417)]
    [InlineData(false, 417)]
    public async Task The_content_is_spared_when_the_answer_comes_first(bool awaited, int status)
    {
        TaskCompletionSource<long> received = new();
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync($"HTTP/1.1 {status} No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
            received.SetResult(await connection.DiscardAsync(long.MaxValue));
        });
        await using Session session = new();

        Response response = await session.SendAsync(awaited, "POST", server.Url, new() { Content = new byte[Size], ExpectContinue = true });

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("no", response.Text);
        Assert.Equal(0, await received.Task);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task The_content_comes_by_itself_when_the_server_says_nothing(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            if (await connection.DiscardAsync(Size) == Size)
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await using Session session = new();

        Response response = await session.SendAsync(awaited, "POST", server.Url, new() { Content = new GeneratedStream(Size, canSeek: true), ExpectContinue = true });

        Assert.Equal(200, response.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_expected_without_content_or_twice()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            string head = (await connection.ReadHeadAsync())!.Head;
            if (head.StartsWith("POST", StringComparison.Ordinal))
            {
                await connection.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
                await connection.ReadTextAsync(1);
            }

            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await using Session session = new();

        await session.GetAsync(server.Url, new() { ExpectContinue = true });
        await session.PostAsync(server.Url, new() { Content = "x", ExpectContinue = true, Headers = { ["Expect"] = "100-continue" } });

        Assert.DoesNotContain("Expect", server.Heads[0], StringComparison.Ordinal);
        Assert.Equal(2, server.Heads[1].Split("Expect: 100-continue").Length);
    }
}
