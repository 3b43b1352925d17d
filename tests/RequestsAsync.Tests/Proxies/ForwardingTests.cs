namespace RequestsAsync.Tests;

/// <summary>http URLs, which a proxy is handed whole.</summary>
public sealed class ForwardingTests
{
    private const string Basic = "Basic dXNlcjpwYXNz";
    private const string DigestChallenge = "Digest realm=\"p\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256";

    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task The_target_is_the_whole_url(bool awaited)
    {
        await using FaultyServer proxy = ProxyServer.Start(_ => ProxyServer.Ok);
        await using Session session = new(new() { Proxy = proxy.Url });

        Response response = await session.SendAsync(awaited, "GET", "http://origin.invalid/a%7Eb?c=d#e");

        Assert.Equal("ok", response.Text);
        string head = Assert.Single(proxy.Heads);
        Assert.StartsWith("GET http://origin.invalid/a%7Eb?c=d HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Equal("origin.invalid", ProxyServer.Field(head, "Host"));
        Assert.Null(ProxyServer.Field(head, "Proxy-Authorization"));
    }

    [Fact]
    public async Task Origins_share_the_connections_to_the_proxy()
    {
        await using FaultyServer proxy = ProxyServer.Start(_ => ProxyServer.Ok);
        await using Session session = new(new() { Proxy = proxy.Url });

        await session.GetAsync("http://one.invalid/");
        await session.GetAsync("http://two.invalid/");

        Assert.Equal(1, proxy.ConnectionCount);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Basic_is_sent_at_once_beside_the_origins_own_credentials(bool awaited)
    {
        await using FaultyServer proxy = ProxyServer.Start(_ => ProxyServer.Ok);
        await using Session session = new(new() { Proxy = proxy.Url.Replace("://", "://user:pass@", StringComparison.Ordinal), Auth = Auth.Bearer("origin") });

        await session.SendAsync(awaited, "GET", "http://origin.invalid/");

        string head = Assert.Single(proxy.Heads);
        Assert.Equal(Basic, ProxyServer.Field(head, "Proxy-Authorization"));
        Assert.Equal("Bearer origin", ProxyServer.Field(head, "Authorization"));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Digest_answers_a_407_and_then_counts_on_unasked(bool awaited)
    {
        await using FaultyServer proxy = ProxyServer.Start(head =>
            ProxyServer.Field(head, "Proxy-Authorization") is null ? ProxyServer.Challenge(DigestChallenge) : ProxyServer.Ok);
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = Auth.Digest("user", "pass") } });

        Response first = await session.SendAsync(awaited, "GET", "http://one.invalid/a?b");
        Response second = await session.SendAsync(awaited, "POST", "http://two.invalid/c", new() { Content = Array.Empty<byte>() });

        Assert.Equal(200, first.StatusCode);
        Assert.Equal(200, second.StatusCode);
        string?[] fields = [.. proxy.Heads.Select(head => ProxyServer.Field(head, "Proxy-Authorization"))];
        Assert.Null(fields[0]);
        Assert.Contains("uri=\"/a?b\"", fields[1], StringComparison.Ordinal);
        Assert.Contains("nc=00000001", fields[1], StringComparison.Ordinal);
        Assert.Contains("uri=\"/c\"", fields[2], StringComparison.Ordinal);
        Assert.Contains("nc=00000002", fields[2], StringComparison.Ordinal);
        Assert.Equal(3, fields.Length);
        Assert.All(proxy.Heads, head => Assert.Null(ProxyServer.Field(head, "Authorization")));
    }

    [Fact]
    public async Task The_next_nonce_of_the_proxy_is_used()
    {
        await using FaultyServer proxy = ProxyServer.Start(head => ProxyServer.Field(head, "Proxy-Authorization") is null
            ? ProxyServer.Challenge(DigestChallenge)
            : ProxyServer.Ok.Replace("Content-Length", "Authentication-Info: nextnonce=\"wrong\"\r\nProxy-Authentication-Info: nextnonce=\"n2\"\r\nContent-Length", StringComparison.Ordinal));
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = Auth.Digest("user", "pass") } });

        await session.GetAsync("http://origin.invalid/");
        await session.GetAsync("http://origin.invalid/");

        Assert.Contains("nonce=\"n2\"", ProxyServer.Field(proxy.Heads[2], "Proxy-Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_and_origin_may_both_ask_for_digest()
    {
        await using FaultyServer proxy = ProxyServer.Start(head =>
            ProxyServer.Field(head, "Proxy-Authorization") is null ? ProxyServer.Challenge(DigestChallenge)
            : ProxyServer.Field(head, "Authorization") is null ? "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"o\", nonce=\"n2\", qop=\"auth\"\r\nContent-Length: 0\r\n\r\n"
            : ProxyServer.Ok);
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = Auth.Digest("proxy-user", "p") }, Auth = Auth.Digest("user", "u") });

        Response response = await session.GetAsync("http://origin.invalid/");

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(3, proxy.Heads.Count);
        Assert.Contains("username=\"proxy-user\", realm=\"p\", nonce=\"n1\"", ProxyServer.Field(proxy.Heads[2], "Proxy-Authorization"), StringComparison.Ordinal);
        Assert.Contains("nc=00000002", ProxyServer.Field(proxy.Heads[2], "Proxy-Authorization"), StringComparison.Ordinal);
        Assert.Contains("username=\"user\", realm=\"o\", nonce=\"n2\"", ProxyServer.Field(proxy.Heads[2], "Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_either_side_refuses_is_renewed_once_for_each()
    {
        int origin = 0;
        int forProxy = 0;
        await using FaultyServer proxy = ProxyServer.Start(head =>
            ProxyServer.Field(head, "Proxy-Authorization") != "Bearer p2" ? ProxyServer.Challenge("Bearer")
            : ProxyServer.Field(head, "Authorization") != "Bearer o2" ? "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"
            : ProxyServer.Ok);
        await using Session session = new(new()
        {
            Proxy = new Proxy(proxy.Url) { Auth = Auth.Bearer(_ => new($"p{++forProxy}")) },
            Auth = Auth.Bearer(_ => new($"o{++origin}")),
        });

        Assert.Equal(200, (await session.GetAsync("http://origin.invalid/")).StatusCode);
        Assert.Equal(3, proxy.Heads.Count);
    }

    [Fact]
    public async Task A_redirect_to_another_origin_keeps_the_proxys_credentials_alone()
    {
        await using FaultyServer proxy = ProxyServer.Start(head => head.Contains("//one.invalid", StringComparison.Ordinal)
            ? "HTTP/1.1 302 Found\r\nLocation: http://two.invalid/\r\nContent-Length: 0\r\n\r\n"
            : ProxyServer.Ok);
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = ("user", "pass") }, Auth = ("origin", "o") });

        await session.GetAsync("http://one.invalid/");

        Assert.Equal([Basic, Basic], proxy.Heads.Select(head => ProxyServer.Field(head, "Proxy-Authorization")));
        Assert.Null(ProxyServer.Field(proxy.Heads[1], "Authorization"));
    }

    [Fact]
    public async Task Refused_credentials_are_an_answer_like_any_other()
    {
        await using FaultyServer proxy = ProxyServer.Start(_ => ProxyServer.Challenge(DigestChallenge));
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = Auth.Digest("user", "wrong") } });

        Assert.Equal(407, (await session.GetAsync("http://origin.invalid/")).StatusCode);
        Assert.Equal(2, proxy.Heads.Count);
    }

    [Fact]
    public async Task A_field_set_by_hand_wins()
    {
        await using FaultyServer proxy = ProxyServer.Start(_ => ProxyServer.Ok);
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = ("user", "pass") } });

        await session.GetAsync("http://origin.invalid/", new() { Headers = { ["Proxy-Authorization"] = "Own x" } });

        Assert.Equal("Own x", ProxyServer.Field(Assert.Single(proxy.Heads), "Proxy-Authorization"));
    }

    [Fact]
    public async Task Content_that_can_be_read_only_once_is_not_sent_again_after_a_407()
    {
        await using FaultyServer proxy = FaultyServer.Start(script => script
            .ReadHead()
            .ReadBytes("3\r\nabc\r\n0\r\n\r\n".Length)
            .Write(ProxyServer.Challenge(DigestChallenge)));
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = Auth.Digest("user", "pass") } });

        BodyConsumedException e = await Assert.ThrowsAsync<BodyConsumedException>(() => session.PostAsync("http://origin.invalid/", new() { Content = Body.FromAsyncStream(Chunks()) }));

        Assert.Equal(407, e.Response!.StatusCode);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks()
        {
            await Task.Yield();
            yield return "abc"u8.ToArray();
        }
    }

    [Theory]
    [InlineData("http://origin.invalid/x", true)]
    [InlineData("http://origin.invalid/x", false)]
    [InlineData("https://origin.invalid/x", true)]
    [InlineData("https://origin.invalid/x", false)]
    public async Task A_proxy_that_is_down_is_named(string url, bool awaited)
    {
        await using FaultyServer proxy = FaultyServer.StartRefusing();
        await using Session session = new(new() { Proxy = proxy.Url });

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.SendAsync(awaited, "GET", url));

        Assert.StartsWith($"GET {url} failed on attempt 1: the proxy {proxy.Url} cannot be reached: connection refused.", e.Message, StringComparison.Ordinal);
        Assert.NotNull(e.Request);
    }
}
