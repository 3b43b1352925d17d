namespace RequestsAsync.Tests;

public sealed class BodyFramingTests(BinFixture bin)
{
    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_length_set_by_hand_is_sent_once(bool awaited)
    {
        await using ContentServer server = new();
        await using Session session = new();

        await session.SendAsync(awaited, "POST", server.Url, new() { Content = "abc", Headers = { ["content-length"] = "3" } });
        await session.SendAsync(awaited, "POST", server.Url, new() { Content = new GeneratedStream(5), Headers = { ["Content-Length"] = "5" } });
        await session.SendAsync(awaited, "POST", server.Url, new() { Headers = { ["Content-Length"] = "0" } });

        Assert.Equal(["abc", "xxxxx", ""], server.Contents);
        Assert.All(server.Heads, head =>
        {
            Assert.Equal(2, head.Split("Content-Length", StringSplitOptions.None).Length);
            Assert.DoesNotContain("chunked", head, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Chunks_are_sent_on_demand(bool awaited)
    {
        string content = "";
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            content = await connection.ReadTextAsync("3\r\nabc\r\n0\r\n\r\n".Length);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await using Session session = new();

        await session.SendAsync(awaited, "POST", server.Url, new() { Content = "abc", Headers = { ["Transfer-Encoding"] = "chunked" } });

        Assert.Equal("3\r\nabc\r\n0\r\n\r\n", content);
        Assert.Equal(2, Assert.Single(server.Heads).Split("Transfer-Encoding: chunked").Length);
        Assert.DoesNotContain("Content-Length", server.Heads[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length", "4", "abc")]
    [InlineData("Content-Length", "1", null)]
    [InlineData("Content-Length", "+3", "abc")]
    [InlineData("Content-Length", "3, 3", "abc")]
    [InlineData("Content-Length", "0x3", "abc")]
    [InlineData("Content-Length", "99999999999999999999", "abc")]
    [InlineData("Transfer-Encoding", "gzip", "abc")]
    [InlineData("Transfer-Encoding", "gzip, chunked", "abc")]
    [InlineData("Transfer-Encoding", "chunked", null)]
    public async Task What_does_not_fit_the_content_is_refused(string name, string value, string? content)
    {
        await using Session session = new();
        InvalidRequestException e = await Assert.ThrowsAsync<InvalidRequestException>(
            () => session.PostAsync(bin.Url + "/post", new() { Content = content, Headers = { [name] = value } }));

        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_contradict_each_other_are_refused()
    {
        await using Session session = new();
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.PostAsync(
            bin.Url + "/post", new() { Content = "abc", Headers = { { "Content-Length", "3" }, { "content-length", "3" } } }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.PostAsync(
            bin.Url + "/post", new() { Content = "abc", Headers = { ["Content-Length"] = "3", ["Transfer-Encoding"] = "chunked" } }));
    }
}
