using System.Net;
using System.Text;

namespace RequestsAsync.Testing.Tests;

/// <summary>What a response looks like to those who read it.</summary>
public sealed class ReplyTests
{
    [Fact]
    public async Task Every_kind_of_content_comes_with_its_type_and_its_length()
    {
        await AssertAsync(route => route.Reply(200, "héllo"), "text/plain; charset=utf-8", "héllo", 6);
        await AssertAsync(route => route.Reply(200, new { a = 1, name = "é" }), "application/json", """{"a":1,"name":"é"}""", 19);
        await AssertAsync(route => route.Reply(200, json: "text"), "application/json", "\"text\"", 6);
        await AssertAsync(route => route.Reply(200, "bytes"u8.ToArray()), "application/octet-stream", "bytes", 5);
        await AssertAsync(route => route.Reply(200, new ReadOnlyMemory<byte>("bytes"u8.ToArray())), "application/octet-stream", "bytes", 5);
        await AssertAsync(route => route.Reply(200, new MemoryStream("stream"u8.ToArray())), "application/octet-stream", "stream", 6);
        await AssertAsync(route => route.Reply(Reply.Html("<p>")), "text/html; charset=utf-8", "<p>", 3);
        await AssertAsync(route => route.Reply(Reply.Stream(() => new MemoryStream("lazy"u8.ToArray()))), "application/octet-stream", "lazy", null);
        await AssertAsync(route => route.Reply(Reply.Chunks("a", "", "b")), "text/plain; charset=utf-8", "ab", null);
        await AssertAsync(route => route.Reply(Reply.Events("1", "two\nlines")), "text/event-stream", "data: 1\n\ndata: two\ndata: lines\n\n", null);
        await AssertAsync(route => route.Reply(404), null, "", 0);

        static async Task AssertAsync(Action<MockRoute> reply, string? type, string text, int? length)
        {
            MockTransport mock = new();
            reply(mock.On("*", "*"));
            await using Session session = new(mock);
            foreach (Response response in (Response[])[await session.GetAsync("http://a.test/"), session.Get("http://a.test/"), await session.GetAsync("http://a.test/")])
            {
                Assert.Equal(text, response.Text);
                Assert.Equal(type, response.Headers["Content-Type"]);
                Assert.Equal(length?.ToString(), response.Headers["Content-Length"]);
                Assert.Equal(length is null ? "chunked" : null, response.Headers["Transfer-Encoding"]);
                Assert.Null(response.Headers["Date"]);
            }

            Response head = await session.HeadAsync("http://a.test/");
            Assert.Equal(0, head.Content.Length);
            Assert.Equal(length?.ToString(), head.Headers["Content-Length"]);
            Assert.Equal(type, head.Headers["Content-Type"]);

            using HttpClient client = new(mock);
            using HttpResponseMessage message = await client.GetAsync("http://a.test/");
            Assert.Equal(text, await message.Content.ReadAsStringAsync());
            Assert.Equal("http://a.test/", message.RequestMessage!.RequestUri!.AbsoluteUri);
        }
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task A_status_without_a_body_has_none_and_no_length(int status)
    {
        MockTransport mock = new();
        mock.On("*", "*").Reply(Reply.Of(status).WithHeader("ETag", "\"1\""));
        await using Session session = new(mock);
        Response response = await session.GetAsync("http://a.test/");
        Assert.Equal(0, response.Content.Length);
        Assert.Null(response.Headers["Content-Length"]);
        Assert.Null(response.Headers["Transfer-Encoding"]);
        Assert.Throws<ArgumentException>(() => Reply.Json(1, status));
        Assert.Throws<ArgumentException>(() => Reply.Json(1).WithStatus(status));
        Assert.Throws<ArgumentException>(() => Reply.Stream(() => Stream.Null, status));
        Assert.Throws<ArgumentException>(() => Reply.Of(status).WithTrailer("X", "1"));
    }

    [Fact]
    public async Task Fields_reason_version_date_and_trailers_arrive()
    {
        ManualClock clock = new();
        MockTransport mock = new(clock);
        mock.On("GET", "*").Reply(Reply.Text("body").WithStatus(299).WithReason("Quite Fine").WithHeader("Set-Cookie", "a=1").WithHeader("Set-Cookie", "b=2")
            .WithHeader("Last-Modified", "Sun, 01 Mar 2026 11:00:00 GMT").WithTrailer("X-Checksum", "42"));
        await using Session session = new(mock);
        await using Response response = await session.StreamAsync("GET", "http://a.test/");
        Assert.Equal((299, "Quite Fine", "1.1"), (response.StatusCode, response.Reason, response.HttpVersion.ToString()));
        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
        Assert.Equal("Sun, 01 Mar 2026 12:00:00 GMT", response.Headers["Date"]);
        Assert.Equal("Sun, 01 Mar 2026 11:00:00 GMT", response.Headers["Last-Modified"]);
        Assert.Equal("chunked", response.Headers["Transfer-Encoding"]);
        Assert.Null(response.Headers["Content-Length"]);
        Assert.Empty(response.Trailers);
        await response.ReadAsync();
        Assert.Equal("42", response.Trailers["X-Checksum"]);

        mock = new();
        mock.On("GET", "*").Reply(Reply.Text("x").WithReason("never said").WithVersion(HttpVersion.Version20));
        await using Session other = new(mock);
        Response second = await other.GetAsync("https://a.test/");
        Assert.Equal(("2.0", "OK"), (second.HttpVersion.ToString(), second.Reason));
    }

    [Theory]
    [InlineData("1.1", "1.1")]
    [InlineData("2.0", "2.0")]
    public async Task A_version_that_is_insisted_on_is_spoken(string asked, string got)
    {
        MockTransport mock = new();
        mock.On("GET", "*").Reply(200);
        await using Session session = new(mock, new() { HttpVersion = Version.Parse(asked) });
        Assert.Equal(got, (await session.GetAsync("https://a.test/")).HttpVersion.ToString());
    }

    [Theory]
    [InlineData("Content-Length", "3", "CutOffAfter")]
    [InlineData("transfer-encoding", "chunked", "CutOffAfter")]
    [InlineData("Bad Name", "x", "a space")]
    [InlineData("X", "a\r\nSet-Cookie: b=1", "a carriage return")]
    [InlineData("X", " x", "white space")]
    [InlineData("", "x", "empty")]
    public void Fields_that_lie_or_split_are_refused(string name, string value, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => Reply.Text("x").WithHeader(name, value)).Message, StringComparison.Ordinal);

    [Fact]
    public void Other_impossible_replies_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => (Reply)100);
        Assert.Throws<ArgumentOutOfRangeException>(() => (Reply)1000);
        Assert.Throws<ArgumentException>(() => Reply.Text("x").WithReason("a\nb"));
        Assert.Throws<ArgumentException>(() => Reply.Text("x").WithTrailer("Content-Type", "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reply.Text("x").CutOffAfter(1));
        Assert.Throws<InvalidOperationException>(() => Reply.Of(200).CutOffAfter(1));
        Assert.Throws<InvalidOperationException>(() => ((Reply)Fault.ConnectionReset).Dripping(TimeSpan.Zero));
        Assert.Throws<InvalidOperationException>(() => new MockTransport().On("GET", "*").Then(200));
        Assert.Throws<ArgumentException>(() => new MockTransport().On("GET", "*").ReplyInSequence());
        Assert.Throws<ArgumentException>(() => new MockTransport().On("G T", "*"));
    }

    [Fact]
    public void A_reply_never_changes()
    {
        Reply one = Reply.Text("x");
        Reply two = one.WithHeader("A", "1").WithStatus(201);
        _ = two.WithHeader("B", "2");
        Assert.Equal((200, 201), (one.Status, two.Status));
        Assert.Single(one.Headers);
        Assert.Equal(2, two.Headers.Count);
    }

    [Fact]
    public async Task Functions_make_replies_and_what_they_throw_reaches_the_test()
    {
        MockTransport mock = new();
        mock.On("POST", "/echo").Reply(call => Reply.Text(call.Text.ToUpperInvariant()));
        mock.On("GET", "/later").Reply(async (call, ct) =>
        {
            await Task.Yield();
            return Reply.Text($"{call.RouteNumber}").WithStatus(203);
        });
        mock.On("GET", "/mistake").Reply(call => throw new FormatException("a mistake in the test"));
        mock.On("GET", "/network").Reply(call => throw new HttpRequestException(HttpRequestError.ConnectionError, "no connection"));
        mock.On("GET", "/null").Reply(call => null!);
        await using Session session = new(mock, new() { BaseAddress = "http://a.test/" });
        Assert.Equal("ABC", (await session.PostAsync("echo", new() { Content = Body.FromText("abc") })).Text);
        Assert.Equal("1", (await session.GetAsync("later")).Text);
        Assert.Equal("2", session.Get("later").Text);
        await Assert.ThrowsAsync<FormatException>(async () => await session.GetAsync("mistake"));
        Assert.Throws<FormatException>(() => session.Get("mistake"));
        await Assert.ThrowsAsync<ConnectException>(async () => await session.GetAsync("network"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.GetAsync("null"));
        using HttpClient client = new(mock);
        await Assert.ThrowsAsync<FormatException>(() => client.GetAsync("http://a.test/mistake"));
    }

    [Fact]
    public async Task Delays_and_slow_bodies_run_on_the_mocks_clock()
    {
        ManualClock clock = new();
        MockTransport mock = new(clock);
        mock.On("GET", "*").Reply(Reply.Chunks("one", "two", "three").Dripping(TimeSpan.FromSeconds(10)).After(TimeSpan.FromSeconds(5)));
        await using Session session = new(mock);
        Task<Response> call = session.StreamAsync("GET", "http://a.test/");
        await clock.AdvanceToTimerAsync(5);
        await using Response response = await call;
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> chunks = response.ChunksAsync().GetAsyncEnumerator();
        List<string> got = [];
        foreach (string expected in (string[])["one", "two", "three"])
        {
            ValueTask<bool> next = chunks.MoveNextAsync();
            if (expected != "one")
            {
                Assert.False(next.IsCompleted);
                await clock.AdvanceToTimerAsync(10);
            }

            Assert.True(await next);
            got.Add(Encoding.UTF8.GetString(chunks.Current.Span));
        }

        Assert.Equal(["one", "two", "three"], got);
        Assert.False(await chunks.MoveNextAsync());
    }

    [Fact]
    public async Task Bytes_drip_in_pieces_of_a_size_whatever_the_reader_asks_for()
    {
        ManualClock clock = new();
        MockTransport mock = new(clock);
        mock.On("GET", "*").Reply(Reply.Text("abcdefgh").Dripping(TimeSpan.FromSeconds(1), bytes: 3));
        using HttpClient client = new(mock);
        using HttpResponseMessage response = await client.GetAsync("http://a.test/", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(8, response.Content.Headers.ContentLength);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[2];
        List<int> reads = [];
        while (true)
        {
            ValueTask<int> read = stream.ReadAsync(buffer);
            if (!read.IsCompleted) await clock.AdvanceToTimerAsync(1);
            int count = await read;
            if (count == 0) break;
            reads.Add(count);
        }

        Assert.Equal([2, 1, 2, 1, 2], reads);
        Assert.Equal(2, (clock.GetUtcNow() - new ManualClock().GetUtcNow()).TotalSeconds);
    }

    [Fact]
    public async Task A_delay_obeys_cancellation()
    {
        MockTransport mock = new(new ManualClock());
        mock.On("GET", "*").Reply(Reply.Text("x").After(TimeSpan.FromDays(1)));
        using HttpClient client = new(mock);
        using CancellationTokenSource cancellation = new();
        Task<HttpResponseMessage> call = client.GetAsync("http://a.test/", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_body_is_read_once_and_disposing_ends_the_read()
    {
        MockTransport mock = new(new ManualClock());
        mock.On("GET", "*").Reply(Reply.Chunks("a", "b").Dripping(TimeSpan.FromDays(1)));
        using HttpMessageInvoker invoker = new(mock);
        HttpResponseMessage response = await invoker.SendAsync(new(HttpMethod.Get, "http://a.test/"), TestContext.Current.CancellationToken);
        Stream stream = await response.Content.ReadAsStreamAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => response.Content.CopyToAsync(Stream.Null));
        Assert.Equal(1, await stream.ReadAsync(new byte[10]));
        ValueTask<int> read = stream.ReadAsync(new byte[10]);
        response.Dispose();
        await Assert.ThrowsAsync<IOException>(async () => await read);
    }
}
