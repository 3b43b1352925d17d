namespace RequestsAsync.Tests;

/// <summary>Sessions that go through a SOCKS proxy.</summary>
public sealed class SocksTests
{
    [Theory]
    [InlineData("socks4a", "me@", "4 me name origin.invalid:80", true)]
    [InlineData("socks4a", "", "4  name origin.invalid:80", false)]
    [InlineData("socks5h", "", "5  name origin.invalid:80", true)]
    [InlineData("socks5h", "", "5  name origin.invalid:80", false)]
    public async Task A_proxy_that_takes_names_is_told_the_host(string scheme, string userInfo, string asked, bool awaited)
    {
        await using SocksServer proxy = new();
        await using Session session = new(new() { Proxy = proxy.Url(scheme, userInfo) });

        Response first = await session.SendAsync(awaited, "GET", "http://origin.invalid/a?b#c");
        await session.SendAsync(awaited, "GET", "http://origin.invalid/");

        Assert.Equal("ok", first.Text);
        Assert.Equal([asked], proxy.Asked);
        Assert.StartsWith("GET /a?b HTTP/1.1\r\nHost: origin.invalid\r\n", proxy.Heads[0], StringComparison.Ordinal);
        Assert.Equal(2, proxy.Heads.Count);
    }

    [Theory]
    [InlineData("socks4", "http://127.0.0.1:81/", "4  127.0.0.1:81")]
    [InlineData("socks4a", "http://127.0.0.1:81/", "4  127.0.0.1:81")]
    [InlineData("socks4", "http://localhost:81/", "4  127.0.0.1:81")]
    [InlineData("socks5", "http://127.0.0.1/", "5  127.0.0.1:80")]
    [InlineData("socks5", "http://[2001:db8::1]/", "5  [2001:db8::1]:80")]
    [InlineData("socks5h", "http://[2001:db8::1]:81/", "5  [2001:db8::1]:81")]
    [InlineData("socks5h", "http://127.0.0.1/", "5  127.0.0.1:80")]
    [InlineData("socks5h", "http://bücher.invalid/", "5  name xn--bcher-kva.invalid:80")]
    [InlineData("socks5h", "ws://origin.invalid/", "5  name origin.invalid:80")]
    public async Task The_target_is_an_address_or_a_name(string scheme, string url, string asked)
    {
        await using SocksServer proxy = new();
        await using Session session = new(new() { Proxy = proxy.Url(scheme) });

        Assert.Equal("ok", (await session.GetAsync(url)).Text);
        Assert.Equal([asked], proxy.Asked);
    }

    [Theory]
    [InlineData("socks5", true)]
    [InlineData("socks5h", false)]
    public async Task User_name_and_password_are_shown_to_the_proxy_alone(string scheme, bool awaited)
    {
        await using SocksServer proxy = new() { Credentials = "user:p@ss", BoundAddress = [3, 3, .. "a.b"u8] };
        await using Session session = new(new() { Proxy = proxy.Url(scheme, "user:p%40ss@") });

        Response response = await session.SendAsync(awaited, "GET", "http://127.0.0.1/", new() { Headers = { ["Proxy-Authorization"] = "Own x" } });

        Assert.Equal("ok", response.Text);
        Assert.Equal(["5 user:p@ss 127.0.0.1:80"], proxy.Asked);
        Assert.DoesNotContain("Authorization", Assert.Single(proxy.Heads), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("user:wrong@", "refused: it does not accept the user name and password.")]
    [InlineData("", "refused: it asks for credentials. Set Proxy.Auth.")]
    public async Task Credentials_that_are_not_accepted_are_told_and_not_tried_again(string userInfo, string told)
    {
        await using SocksServer proxy = new() { Credentials = "user:pass" };
        await using Session session = new(new() { Proxy = proxy.Url("socks5", userInfo) });

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.GetAsync("http://localhost/"));

        Assert.StartsWith($"GET http://localhost/ failed on attempt 1: the SOCKS proxy {proxy.Url("socks5")} {told}", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, proxy.ConnectionCount);
    }

    [Theory]
    [InlineData("socks5h", 4, "host unreachable", true)]
    [InlineData("socks5h", 5, "connection refused", false)]
    [InlineData("socks4a", 91, "request rejected or failed", true)]
    public async Task A_refusal_is_told_in_words(string scheme, byte code, string words, bool awaited)
    {
        await using SocksServer proxy = new() { Code = _ => code };
        await using Session session = new(new() { Proxy = proxy.Url(scheme) });

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.SendAsync(awaited, "GET", "http://origin.invalid/x"));

        Assert.Equal($"GET http://origin.invalid/x failed on attempt 1: the SOCKS proxy {proxy.Url(scheme)} refused: {words}.", e.Message);
        Assert.NotNull(e.Request);
    }

    [Fact]
    public async Task Socks4_cannot_name_an_ipv6_address()
    {
        await using SocksServer proxy = new();
        foreach (string scheme in (string[])["socks4", "socks4a"])
        {
            await using Session session = new(new() { Proxy = proxy.Url(scheme) });

            ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.GetAsync("http://[2001:db8::1]/"));
            Assert.Contains("SOCKS4 knows IPv4 alone", e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(proxy.Asked);
    }

    [Fact]
    public async Task Tls_begins_inside_the_connection()
    {
        TaskCompletionSource<string> inside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer proxy = FaultyServer.Serve(async connection =>
        {
            await connection.ReadBytesAsync(3);
            await connection.WriteAsync((byte[])[5, 0]);
            await connection.ReadBytesAsync(4 + 1 + "origin.invalid".Length + 2);
            await connection.WriteAsync((byte[])[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
            inside.TrySetResult(await connection.ReadTextAsync(100));
        });
        await using Session session = new(new() { Proxy = proxy.Url.Replace("http", "socks5h", StringComparison.Ordinal) });

        await Assert.ThrowsAnyAsync<TransportException>(() => session.GetAsync("https://origin.invalid/"));

        Assert.StartsWith("\u0016\u0003", await inside.Task, StringComparison.Ordinal); // a TLS record with a handshake
    }

    [Theory]
    [InlineData("socks4a", "HTTP/1.1 400 Bad Request\r\n\r\n", "did not answer in socks4a")]
    [InlineData("socks5h", "HTTP/1.1 400 Bad Request\r\n\r\n", "did not answer in socks5h")]
    [InlineData("socks5h", "", "closed the connection")]
    [InlineData("socks5h", "\u0005", "closed the connection")]
    [InlineData("socks5h", "\u0005\0\u0005\0\0\u0003\u00ffcut", "closed the connection")]
    [InlineData("socks5h", "\u0005\0\u0005\0\0\u0009..........", "no known type")]
    public async Task A_peer_that_speaks_something_else_is_a_failure_of_the_proxy(string scheme, string answer, string told)
    {
        await using FaultyServer peer = FaultyServer.Start(script => script.ReadBytes(3).Write(answer));
        string url = peer.Url.Replace("http", scheme, StringComparison.Ordinal);
        await using Session session = new(new() { Proxy = url });

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => session.GetAsync("http://origin.invalid/"));

        Assert.Contains($"the SOCKS proxy {url} ", e.Message, StringComparison.Ordinal);
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
    }
}
