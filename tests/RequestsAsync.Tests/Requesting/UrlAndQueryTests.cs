namespace RequestsAsync.Tests;

public sealed class UrlAndQueryTests
{
    public static TheoryData<string, Action<Parameters>, string> Queries => new()
    {
        { "http://h/p", q => q["q"] = "a b*~", "/p?q=a+b%2A~" },
        { "http://h/p?z=1#f", q => q["a"] = "b", "/p?z=1&a=b" },
        { "http://h/p", q => q["skip"] = null, "/p" },
        { "http://h/p", q => q["t"] = ["a", null, "b"], "/p?t=a&t=b" },
        { "http://h/p", q => q["t"] = Array.Empty<string>(), "/p" },
        { "http://h/p", q => { q.Add("a", "1"); q.Add("b", "2"); q.Add("a", "3"); }, "/p?a=1&b=2&a=3" },
        { "http://h/p", q => { q["y"] = true; q["n"] = false; }, "/p?y=true&n=false" },
        { "http://h/p", q => { q["i"] = -7; q["d"] = 1.5; q["m"] = 2.50m; q["l"] = long.MaxValue; }, "/p?i=-7&d=1.5&m=2.50&l=9223372036854775807" },
        { "http://h/p", q => q["t"] = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), "/p?t=2026-01-02T03%3A04%3A05.0000000%2B02%3A00" },
        { "http://h/p", q => q["day"] = new DateOnly(2026, 1, 2), "/p?day=2026-01-02" },
        { "http://h/p", q => q["é&="] = "ü/?", "/p?%C3%A9%26%3D=%C3%BC%2F%3F" },
        { "http://h/p?", q => q["a"] = "b", "/p?a=b" },
        { "http://h", q => q["a"] = "", "/?a=" },
        { "  http://h/p", q => { }, "/p" },
        { "http://h/%7Euser/%2F?x=%20", q => { }, "/%7Euser/%2F?x=%20" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task The_target_is_what_the_options_say(string url, Action<Parameters> fill, string expected)
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using Session session = new();
        RequestOptions options = new();
        fill(options.Query);

        await session.GetAsync(url.Replace("http://h", server.Url, StringComparison.Ordinal), options);

        Assert.Equal(expected, Assert.Single(server.Heads).Split(' ')[1]);
    }

    [Fact]
    public async Task A_handler_gets_a_uri_that_it_may_take_apart()
    {
        string? path = null;
        await using Session session = new(new MemoryHandler(message =>
        {
            path = message.RequestUri!.GetComponents(UriComponents.Path, UriFormat.Unescaped);
            return MemoryHandler.Ok();
        }));

        await session.GetAsync("http://h/%7Euser/a%20b");

        Assert.Equal("~user/a b", path);
    }

    [Fact]
    public async Task Session_query_and_headers_merge_by_name_and_null_takes_away()
    {
        HttpRequestMessage? sent = null;
        await using Session session = new(
            new MemoryHandler(message =>
            {
                sent = message;
                return MemoryHandler.Ok();
            }),
            new()
            {
                Query = { ["key"] = "k", ["lang"] = "en" },
                Headers = { ["X-One"] = "1", ["X-Two"] = "2", ["Accept"] = null },
            });

        await session.GetAsync("http://h/", new() { Query = { ["lang"] = null, ["q"] = "x" }, Headers = { ["x-two"] = "other", ["X-One"] = null } });

        Assert.Equal("/?key=k&q=x", sent!.RequestUri!.PathAndQuery);
        Assert.False(sent.Headers.Contains("X-One"));
        Assert.False(sent.Headers.Contains("Accept"));
        Assert.Equal(["other"], sent.Headers.GetValues("X-Two"));
        Assert.StartsWith("RequestsAsync/", sent.Headers.GetValues("User-Agent").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("me", "http://h/v2/me")]
    [InlineData("../v1/x?y=1", "http://h/v1/x?y=1")]
    [InlineData("/root", "http://h/root")]
    [InlineData("?q=1", "http://h/v2/?q=1")]
    [InlineData("https://other/x", "https://other/x")]
    [InlineData("", "http://h/v2/")]
    public async Task Relative_urls_join_the_base_address(string url, string expected)
    {
        await using Session session = new(new MemoryHandler(_ => MemoryHandler.Ok()), new() { BaseAddress = "http://h/v2/" });
        Assert.Equal(expected, (await session.GetAsync(url)).Url.ToString());
    }

    [Fact]
    public void A_base_address_without_its_last_slash_is_refused_with_the_mended_one()
    {
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => new Session(new() { BaseAddress = "http://h/v2?x=1" }));
        Assert.Contains("http://h/v2/", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.com/x", "Perhaps you meant https://example.com/x")]
    [InlineData("ftp://h/", "ftp")]
    [InlineData("http://", "host")]
    [InlineData("http:///path", "host")]
    [InlineData("http://*.h/", "*")]
    [InlineData("http://.h/", ".")]
    [InlineData("http://h/a\nb", "position 10")]
    [InlineData("http://256.256.256.256/", "256.256.256.256")]
    [InlineData("http://1.2.3.08/", "1.2.3.08")]
    [InlineData("http://foo.1.2.3.4/", "foo.1.2.3.4")]
    [InlineData("http://h:99999/", "port")]
    [InlineData("http://[::1/", "IPv6")]
    [InlineData("", "empty")]
    [InlineData("relative", "No scheme")]
    public async Task A_bad_url_is_refused_before_anything_is_sent(string url, string reason)
    {
        await using Session session = new(new MemoryHandler(_ => throw new InvalidOperationException("sent")));

        InvalidRequestException awaited = await Assert.ThrowsAsync<InvalidRequestException>(() => session.GetAsync(url));
        InvalidRequestException blocking = Assert.Throws<InvalidRequestException>(() => session.Get(url));

        Assert.Contains(reason, awaited.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(awaited.Message, blocking.Message);
        Assert.Equal(0, awaited.Attempts);
        Assert.Equal(url, awaited.Request!.Url);
    }

    [Theory]
    [InlineData("GE T")]
    [InlineData("")]
    [InlineData("GET\r\n")]
    [InlineData("CONNECT")]
    public async Task A_bad_method_is_refused(string method)
    {
        await using Session session = new(new MemoryHandler(_ => throw new InvalidOperationException("sent")));
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.SendAsync(method, "http://h/"));
    }

    [Theory]
    [InlineData("X Y", "v")]
    [InlineData("", "v")]
    [InlineData("X:", "v")]
    [InlineData("X", "a\r\nInjected: 1")]
    [InlineData("X", "a\nb")]
    [InlineData("X", "a\0b")]
    [InlineData("X", " leading")]
    public async Task A_header_that_could_split_a_message_is_refused(string name, string value)
    {
        await using Session session = new(new MemoryHandler(_ => throw new InvalidOperationException("sent")));
        RequestOptions options = new() { Headers = { [name] = value } };

        InvalidRequestException e = await Assert.ThrowsAsync<InvalidRequestException>(() => session.GetAsync("http://h/", options));

        Assert.DoesNotContain("Injected", e.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidRequestException>(() => new Session(new() { Headers = options.Headers }));
    }

    [Fact]
    public async Task Bad_options_are_refused()
    {
        await using Session session = new(new MemoryHandler(_ => MemoryHandler.Ok()));
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.GetAsync("http://h/", new() { Timeout = TimeSpan.Zero }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.GetAsync("http://h/", new() { Timeout = TimeSpan.FromDays(1000) }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.GetAsync("http://h/", new() { Cookies = { ["a b"] = "1" } }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.GetAsync("http://h/", new() { Cookies = { ["a"] = "1; b=2" } }));
        Assert.Throws<InvalidRequestException>(() => new Session(new() { MaxRedirects = -1 }));
        Assert.Throws<InvalidRequestException>(() => new Session(new() { MaxResponseBytes = -1 }));
        Assert.Throws<InvalidRequestException>(() => new Session(new() { BaseAddress = "nonsense" }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => session.GatherAsync(["http://h/"], new() { MaxConcurrency = 0 }));
        Assert.Throws<InvalidRequestException>(() => session.AsCompletedAsync(["http://h/"], new() { MaxPerHost = 0 }));
    }

    [Fact]
    public async Task Secrets_in_a_url_are_never_printed()
    {
        await using Session session = new(new MemoryHandler((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError)));
        ConnectException e = await Assert.ThrowsAsync<ConnectException>(() => session.GetAsync("http://user:hunter2@h/x"));

        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.Request!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", new Headers { ["Authorization"] = "s3cret" }.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", new RequestOptions { Headers = { ["Authorization"] = "s3cret" } }.ToString(), StringComparison.Ordinal);
    }
}
