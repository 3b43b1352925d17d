namespace RequestsAsync.Testing.Tests;

/// <summary>What a call shows of its request.</summary>
public sealed class RecordingTests
{
    [Fact]
    public async Task Everything_of_a_request_is_kept()
    {
        ManualClock clock = new();
        MockTransport mock = new(clock);
        MockRoute route = mock.On("POST", "/users/{id}").Reply(201);
        await using Session session = new(mock);
        await session.PostAsync("https://api.example.com:8443/users/7", new() { Query = { ["tag"] = ["a", "b c"] }, Headers = { ["X-Token"] = "t" }, Json = new { name = "Ana" } });

        MockCall call = Assert.Single(route.Calls);
        Assert.Equal((1, 1, "POST", "https://api.example.com:8443/users/7?tag=a&tag=b+c"), (call.Number, call.RouteNumber, call.Method, call.Url.ToString()));
        Assert.Equal(["a", "b c"], call.Query.GetValues("tag"));
        Assert.Equal("a, b c", call.Query["tag"]);
        Assert.Null(call.Query["Tag"]);
        Assert.Equal("t", call.Headers["x-token"]);
        Assert.Equal("api.example.com:8443", call.Headers["Host"]);
        Assert.Equal("application/json", call.Headers["Content-Type"]);
        Assert.Equal("14", call.Headers["Content-Length"]);
        Assert.Equal("""{"name":"Ana"}""", call.Text);
        Assert.Equal("Ana", call.Json().GetProperty("name").GetString());
        Assert.Equal("Ana", call.Json<Dictionary<string, string>>()["name"]);
        Assert.Equal(clock.GetUtcNow(), call.Time);
        Assert.Equal((route, 201, "7"), (call.Route, call.Reply!.Status, call["id"]));
        Assert.Equal("<RecordedFields [tag, tag]>", call.Query.ToString());
    }

    [Fact]
    public async Task A_content_is_seen_whole_or_not_at_all()
    {
        using HttpRequestMessage message = new(HttpMethod.Post, "http://a.test/");
        MockCall call = new(1, message, Url.Parse("http://a.test/"), new([], StringComparison.Ordinal), default);
        byte[] small = [.. Enumerable.Repeat((byte)1, 1)];
        byte[] large = [.. Enumerable.Repeat((byte)2, 64)];
        using CancellationTokenSource over = new();
        Task writing = Task.Run(() =>
        {
            for (int i = 0; i < 500_000; i++) call.Receive(i % 2 == 0 ? small : large);
            over.Cancel();
        });
        while (!over.IsCancellationRequested)
        {
            ReadOnlySpan<byte> seen = call.Body.Span;
            if (seen.Length > 0) Assert.Equal(seen.Length == 1 ? 1 : 2, seen[^1]);
        }

        await writing;
    }

    [Fact]
    public async Task Content_is_framed_as_a_transport_frames_it()
    {
        MockTransport mock = new();
        mock.On("*", "*").Reply(200);
        await using Session session = new(mock, new() { BaseAddress = "http://a.test/" });
        await session.PostAsync("1");
        await session.GetAsync("2");
        await session.PostAsync("3", new() { Content = Body.FromAsyncStream(Chunks()) });
        await session.PostAsync("4", new() { Form = { ["a"] = "ü +" } });
        session.Put("5", new() { Content = Body.FromStream(new MemoryStream("seekable"u8.ToArray())) });
        IReadOnlyList<MockCall> calls = mock.Calls;
        Assert.Equal(["0", null, null, "12", "8"], calls.Select(call => call.Headers["Content-Length"]));
        Assert.Equal([null, null, "chunked", null, null], calls.Select(call => call.Headers["Transfer-Encoding"]));
        Assert.Equal("onetwo", calls[2].Text);
        Assert.Equal("ü +", calls[3].Form["a"]);
        Assert.Equal("seekable", calls[4].Text);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks()
        {
            yield return "one"u8.ToArray();
            await Task.Yield();
            yield return "two"u8.ToArray();
        }
    }

    [Fact]
    public async Task The_fields_are_those_that_a_socket_gets()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        MockTransport mock = new();
        mock.On("*", "*").Reply(200);
        string url = $"http://127.0.0.1:{server.Port}/path?q=1";
        RequestOptions options = new() { Headers = { ["X-Token"] = "t", ["Accept"] = "a/b" }, Cookies = { ["c"] = "1" }, Auth = ("ana", "pass") };
        await using (Session network = new()) await network.PutAsync(url, options);
        await using (Session mocked = new(mock)) await mocked.PutAsync(url, options);
        string[] wire = [.. server.Heads[0].Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Order(StringComparer.Ordinal)];
        Assert.Equal(wire, mock.Calls[0].Headers.Select(field => $"{field.Key}: {field.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Content_that_nobody_asks_for_is_not_sent()
    {
        MockTransport mock = new();
        mock.On("POST", "/big").BeforeBody().Reply(413);
        mock.On("POST", "/fine").Reply(200);
        await using Session session = new(mock, new() { BaseAddress = "http://a.test/" });
        Assert.Equal(413, (await session.PostAsync("big", new() { ExpectContinue = true, Content = Body.FromText("content") })).StatusCode);
        Assert.Equal(413, (await session.PostAsync("big", new() { Content = Body.FromText("content") })).StatusCode);
        Assert.Equal(200, (await session.PostAsync("fine", new() { ExpectContinue = true, Content = Body.FromText("content") })).StatusCode);
        Assert.Equal(["", "content", "content"], mock.Calls.Select(call => call.Text));
        Assert.Throws<InvalidOperationException>(() => mock.On("POST", "/").BeforeBody().WithText("x"));
        Assert.Throws<InvalidOperationException>(() => mock.On("POST", "/").WithText("x").BeforeBody());
    }

    [Fact]
    public async Task A_refused_connection_takes_nothing_of_content_that_can_be_sent_once()
    {
        MockTransport mock = new();
        mock.On("POST", "*").ReplyInSequence(Fault.ConnectionRefused, 200);
        await using Session session = new(mock, new() { Retry = Retry.Default with { Delay = TimeSpan.Zero } });
        Response response = await session.PostAsync("http://a.test/", new() { Content = Body.FromAsyncStream(Once()) });
        Assert.Equal(2, response.Attempts);
        Assert.Equal(["", "once"], mock.Calls.Select(call => call.Text));

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Once()
        {
            await Task.Yield();
            yield return "once"u8.ToArray();
        }
    }

    [Fact]
    public async Task Calls_are_a_snapshot_and_survive_the_session()
    {
        MockTransport mock = new();
        mock.On("GET", "*").Reply(200);
        IReadOnlyList<MockCall> before = mock.Calls;
        await using (Session session = new(mock)) await session.GetAsync("http://a.test/");
        using (HttpClient client = new(mock)) await client.GetAsync("http://a.test/");
        using (HttpClient again = new(mock)) await again.GetAsync("http://a.test/");
        Assert.Empty(before);
        Assert.Equal(3, mock.Calls.Count);
        mock.Verify();
    }
}
