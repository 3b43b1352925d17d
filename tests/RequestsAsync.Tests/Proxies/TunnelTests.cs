using System.Net.Sockets;

namespace RequestsAsync.Tests;

/// <summary>All URLs but http: a tunnel is opened through the proxy. Through that of a ws URL a request can be read, since there is no TLS in it.</summary>
public sealed class TunnelTests
{
    private const string Basic = "Basic dXNlcjpwYXNz";
    private const string DigestChallenge = "Digest realm=\"p\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256";

    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Requests_go_through_and_the_proxys_credentials_stay_outside(bool awaited)
    {
        await using FaultyServer proxy = ProxyServer.Start(head => IsConnect(head) ? ProxyServer.TunnelOpen : ProxyServer.Ok);
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = ("user", "pass") } });

        Response first = await session.SendAsync(awaited, "GET", "ws://origin.invalid/a?b");
        await session.SendAsync(awaited, "GET", "ws://origin.invalid/", new() { Headers = { ["Proxy-Authorization"] = "Own x" } });

        Assert.Equal("ok", first.Text);
        Assert.Equal(1, proxy.ConnectionCount);
        Assert.Equal($"CONNECT origin.invalid:80 HTTP/1.1\r\nHost: origin.invalid:80\r\nProxy-Authorization: {Basic}\r\n\r\n", proxy.Heads[0]);
        Assert.StartsWith("GET /a?b HTTP/1.1\r\n", proxy.Heads[1], StringComparison.Ordinal);
        Assert.All(proxy.Heads.Skip(1), head => Assert.Null(ProxyServer.Field(head, "Proxy-Authorization")));
    }

    [Theory]
    [InlineData("https://origin.invalid/secret", "origin.invalid:443", true)]
    [InlineData("https://origin.invalid:8443/secret", "origin.invalid:8443", false)]
    [InlineData("https://[2001:db8::1]/secret", "[2001:db8::1]:443", true)]
    [InlineData("https://bücher.invalid/secret", "xn--bcher-kva.invalid:443", true)]
    public async Task Tls_begins_inside_the_tunnel(string url, string authority, bool awaited)
    {
        TaskCompletionSource<string> inside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer proxy = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(ProxyServer.TunnelOpen);
            inside.TrySetResult(await connection.ReadTextAsync(100));
        });
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = ("user", "pass") } });

        await Assert.ThrowsAnyAsync<TransportException>(() => session.SendAsync(awaited, "GET", url));

        Assert.Equal($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\nProxy-Authorization: {Basic}\r\n\r\n", proxy.Heads[0]);
        string hello = await inside.Task;
        Assert.StartsWith("\u0016\u0003", hello, StringComparison.Ordinal); // a TLS record with a handshake
        Assert.DoesNotContain("Authorization", hello, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>How a proxy may ask for credentials, and how many connections it then takes.</summary>
    public static TheoryData<string, int> Challenges => new()
    {
        { ProxyServer.Challenge(DigestChallenge), 1 },
        { ProxyServer.Challenge("Basic realm=\"p\"\r\nProxy-Authenticate: " + DigestChallenge, "Content-Length: 3\r\n") + "sad", 1 },
        { ProxyServer.Challenge(DigestChallenge, "Connection: close\r\nContent-Length: 3\r\n") + "sad", 2 },
        { ProxyServer.Challenge(DigestChallenge, "Connection: close\r\n") + "sad", 2 },
        { ProxyServer.Challenge(DigestChallenge, "Transfer-Encoding: chunked\r\n") + "3\r\nsad\r\n0\r\n\r\n", 2 },
        { ProxyServer.Challenge(DigestChallenge, "Content-Length: 1\r\n") + "sad", 2 },
        { ProxyServer.Challenge(DigestChallenge).Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal), 2 },
        { ProxyServer.Challenge(DigestChallenge, "Content-Length: 0\r\nX: says nothing of Connection: close\r\n"), 2 },
    };

    [Theory]
    [MemberData(nameof(Challenges))]
    public async Task Digest_answers_a_407_on_the_same_connection_where_it_stays_open(string challenge, int connections)
    {
        await using FaultyServer proxy = ProxyServer.Start(head =>
            !IsConnect(head) ? ProxyServer.Ok : ProxyServer.Field(head, "Proxy-Authorization") is null ? challenge : ProxyServer.TunnelOpen);
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = Auth.Digest("user", "pass") } });

        Response response = await session.GetAsync("ws://origin.invalid/");

        Assert.Equal("ok", response.Text);
        Assert.Equal(connections, proxy.ConnectionCount);
        Assert.Equal(3, proxy.Heads.Count);
        Assert.Contains("uri=\"origin.invalid:80\"", ProxyServer.Field(proxy.Heads[1], "Proxy-Authorization"), StringComparison.Ordinal);
        Assert.Null(ProxyServer.Field(proxy.Heads[2], "Proxy-Authorization"));
    }

    [Fact]
    public async Task Tunnels_and_forwarded_requests_share_a_nonce()
    {
        await using FaultyServer proxy = ProxyServer.Start(head =>
            head.StartsWith("GET /", StringComparison.Ordinal) ? ProxyServer.Ok
            : ProxyServer.Field(head, "Proxy-Authorization") is null ? ProxyServer.Challenge(DigestChallenge)
            : IsConnect(head) ? ProxyServer.TunnelOpen
            : ProxyServer.Ok);
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = Auth.Digest("user", "pass") } });

        await session.GetAsync("http://origin.invalid/");
        await session.GetAsync("ws://origin.invalid/");

        Assert.Equal(4, proxy.Heads.Count);
        Assert.StartsWith("CONNECT", proxy.Heads[2], StringComparison.Ordinal);
        Assert.Contains("nc=00000002", ProxyServer.Field(proxy.Heads[2], "Proxy-Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_into_a_tunnel_leaves_the_proxys_credentials_outside()
    {
        string inside = "";
        await using FaultyServer proxy = FaultyServer.Serve(async connection =>
        {
            string head = (await connection.ReadHeadAsync())!.Head;
            await connection.WriteAsync(IsConnect(head) ? ProxyServer.TunnelOpen : "HTTP/1.1 302 Found\r\nLocation: https://two.invalid/\r\nContent-Length: 0\r\n\r\n");
            if (IsConnect(head)) inside = await connection.ReadTextAsync(100); // the ClientHello; closing after it ends the call
        });
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = ("user", "pass") } });

        await Assert.ThrowsAnyAsync<TransportException>(() => session.GetAsync("http://one.invalid/"));

        Assert.Equal([Basic, Basic], proxy.Heads.Select(head => ProxyServer.Field(head, "Proxy-Authorization")));
        Assert.Equal('\u0016', inside[0]);
        Assert.DoesNotContain("Authorization", inside, StringComparison.OrdinalIgnoreCase);
    }

    public static TheoryData<string, bool, string> Refusals => new()
    {
        { "HTTP/1.1 403 Not here\r\nContent-Length: 0\r\n\r\n", false, "it answered 403 Not here." },
        { "HTTP/1.0 502\r\n\r\n", false, "it answered 502 Bad Gateway." },
        { ProxyServer.Challenge(DigestChallenge), false, "it answered 407 Proxy Authentication Required. It asks for credentials" },
        { ProxyServer.Challenge(DigestChallenge), true, "It does not accept the credentials." },
        { ProxyServer.Challenge("Basic realm=\"p\""), true, "It does not accept the credentials." },
        { "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.invalid/\r\n\r\n", false, "it answered 302 Found." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_told_with_its_status(string answer, bool hasCredentials, string told)
    {
        await using FaultyServer proxy = ProxyServer.Start(_ => answer);
        await using Session session = new(new() { Proxy = new Proxy(proxy.Url) { Auth = hasCredentials ? Auth.Digest("user", "wrong") : null } });

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.GetAsync("https://origin.invalid/x"));

        Assert.StartsWith($"GET https://origin.invalid/x failed on attempt 1: the proxy {proxy.Url} opened no tunnel to origin.invalid:443: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
        Assert.Equal(1, e.Attempts);
    }

    public static TheoryData<string> Garbage =>
    [
        "",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno field\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: cut",
        "HTTP/1.1 200 OK\r\n\r\nsurplus",
        "HTTP/1.1 200 OK\r\nX: " + new string('x', 70_000),
    ];

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task An_answer_that_is_none_is_a_failure_of_the_proxy(string answer)
    {
        await using FaultyServer proxy = FaultyServer.Start(answer);
        await using Session session = new(new() { Proxy = proxy.Url });

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.GetAsync("https://origin.invalid/x"));

        Assert.Contains(proxy.Url, e.Message, StringComparison.Ordinal);
        Assert.Contains("origin.invalid:443", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_closes_the_connection_to_the_proxy()
    {
        using CancellationTokenSource cancel = new();
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await cancel.CancelAsync();
            await connection.WaitForCloseAsync();
            closed.SetResult();
        });
        Proxy proxy = new(server.Url);
        ProxyTunnel tunnel = new(proxy, new SessionSettings(new()), async ct =>
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(proxy.Url.Host, proxy.Url.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tunnel.OpenAsync(Url.Parse("https://origin.invalid/"), cancel.Token).AsTask());
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private static bool IsConnect(string head) => head.StartsWith("CONNECT ", StringComparison.Ordinal);
}
