using System.Diagnostics;

namespace RequestsAsync.Testing.Tests;

/// <summary>What a session adds to a transport, over a mock.</summary>
public sealed class SessionOverMockTests
{
    [Fact]
    public async Task Redirects_are_followed_and_secrets_stay_behind()
    {
        MockTransport mock = new();
        mock.On("POST", "https://a.test/login").WithHeader("Authorization").Reply(Reply.Redirect("https://b.test/home", 303)).Once();
        MockRoute home = mock.On("GET", "https://b.test/home").WithoutHeader("Authorization").WithoutHeader("Content-Type").Reply(200, "home").Once();
        await using Session session = new(mock);
        Response response = await session.PostAsync("https://a.test/login", new() { Auth = ("ana", "pass"), Form = { ["a"] = "1" } });
        Assert.Equal(("home", 1), (response.Text, response.History.Count));
        Assert.Equal("", home.Calls[0].Text);
        mock.Verify();
    }

    [Fact]
    public async Task Cookies_come_back_where_they_belong()
    {
        MockTransport mock = new();
        mock.On("GET", "https://a.test/set").Reply(Reply.Of(204).WithHeader("Set-Cookie", "id=7; Path=/; Secure"));
        mock.On("GET", "https://a.test/use").WithHeader("Cookie", "id=7").Reply(200);
        mock.On("GET", "https://b.test/use").WithoutHeader("Cookie").Reply(200);
        await using Session session = new(mock);
        await session.GetAsync("https://a.test/set");
        await session.GetAsync("https://a.test/use");
        await session.GetAsync("https://b.test/use");
        mock.Verify();
    }

    [Fact]
    public async Task Digest_and_bearer_ask_again_after_a_challenge()
    {
        MockTransport mock = new();
        mock.On("GET", "/digest").WithoutHeader("Authorization").Reply(Reply.Of(401).WithHeader("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\"")).Once();
        mock.On("GET", "/digest").Where(call => call.Headers["Authorization"]!.StartsWith("Digest username=\"ana\"", StringComparison.Ordinal)).Reply(200);
        int tokens = 0;
        mock.On("GET", "/bearer").WithHeader("Authorization", "Bearer t1").Reply(401).Once();
        mock.On("GET", "/bearer").WithHeader("Authorization", "Bearer t2").Reply(200).Once();
        await using Session session = new(mock, new() { BaseAddress = "http://a.test/" });
        Assert.Equal(200, (await session.GetAsync("digest", new() { Auth = Auth.Digest("ana", "pass") })).StatusCode);
        Assert.Equal(200, (await session.GetAsync("bearer", new() { Auth = Auth.Bearer(_ => new ValueTask<string>($"t{++tokens}")) })).StatusCode);
        mock.Verify();
    }

    [Fact]
    public async Task Retries_wait_for_retry_after_on_fake_time()
    {
        ManualClock clock = new();
        MockTransport mock = new(clock);
        mock.On("GET", "*").ReplyInSequence(Reply.Of(503).WithHeader("Retry-After", "60"), Fault.ConnectionReset, Reply.Json(new { ok = true }));
        await using Session session = new(mock, new() { Retry = Retry.Default, TimeProvider = clock, Timeout = TimeSpan.FromHours(1) });
        Task<Response> call = session.GetAsync("http://a.test/");
        await clock.AdvanceToTimerAsync(60);
        while (!call.IsCompleted && mock.Calls.Count < 3) await Task.WhenAny(call, clock.AdvanceToTimerAsync(30));
        Response response = await call;
        Assert.Equal(3, response.Attempts);
        Assert.True(mock.Calls[1].Time - mock.Calls[0].Time >= TimeSpan.FromSeconds(60));
        Assert.True(response.Json().GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Bodies_are_decoded_streamed_and_gathered()
    {
        MockTransport mock = new();
        mock.On("GET", "/gzip").Reply(Reply.Bytes(Gzip("text")).WithHeader("Content-Encoding", "gzip"));
        mock.On("GET", "/events").Reply(Reply.Events("1", "2"));
        mock.On("GET", "/{n}").Reply(call => Reply.Text(call["n"]));
        await using Session session = new(mock, new() { BaseAddress = "http://a.test/" });
        Assert.Equal("text", (await session.GetAsync("gzip")).Text);
        List<string> events = [];
        await using (Response stream = await session.StreamAsync("GET", "events"))
            await foreach (string line in stream.LinesAsync()) events.Add(line);
        Assert.Equal(["data: 1", "", "data: 2", ""], events);
        IReadOnlyList<Response> all = await session.GatherAsync(Enumerable.Range(0, 50).Select(i => $"{i}"), new() { MaxConcurrency = 10 });
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), all.Select(response => response.Text));

        static byte[] Gzip(string text)
        {
            using MemoryStream coded = new();
            using (System.IO.Compression.GZipStream coder = new(coded, System.IO.Compression.CompressionMode.Compress)) coder.Write(System.Text.Encoding.UTF8.GetBytes(text));
            return coded.ToArray();
        }
    }

    [Fact]
    public async Task A_bare_client_gets_what_a_transport_gives()
    {
        MockTransport mock = new();
        mock.On("GET", "*").Reply(Reply.Redirect("/next"));
        using HttpClient client = new(mock);
        Assert.Equal(302, (int)(await client.GetAsync("http://a.test/")).StatusCode);
        Assert.Equal(302, (int)client.Send(new(HttpMethod.Get, "http://a.test/")).StatusCode);
        using HttpClient full = new Session(mock).AsHttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => full.GetAsync("http://a.test/")); // 20 redirects
        Assert.Equal(2 + 21, mock.Calls.Count);
    }

    /// <summary>About 15 µs a call on a slow machine; the bound is far from that, and from what a network costs.</summary>
    [Fact]
    public async Task A_thousand_calls_take_no_time()
    {
        MockTransport mock = new();
        for (int i = 0; i < 20; i++) mock.On("GET", $"https://api.example.com/other/{i}").Reply(200).AnyTimes();
        mock.On("GET", "https://api.example.com/users/{id}").WithQuery("page", "1").Reply(200, new { id = 1 }).Times(1100);
        await using Session session = new(mock);
        for (int i = 0; i < 100; i++) await session.GetAsync("https://api.example.com/users/1?page=1");
        long before = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < 1000; i++) await session.GetAsync("https://api.example.com/users/1?page=1");
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        long allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
        TestContext.Current.SendDiagnosticMessage($"{elapsed.TotalMilliseconds} ms, {allocated} bytes a call");
        Assert.InRange(elapsed.TotalSeconds, 0, 1);
        Assert.InRange(allocated, 0, 32 << 10);
        mock.Verify();
    }
}
