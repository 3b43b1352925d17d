namespace RequestsAsync.Tests;

public sealed class ProxyTests
{
    [Theory]
    [InlineData("http://proxy.example:3128", "http", "proxy.example", 3128, "http://proxy.example:3128")]
    [InlineData(" HTTP://Proxy.Example ", "http", "proxy.example", 80, "http://proxy.example")]
    [InlineData("http://[::1]:3128/", "http", "[::1]", 3128, "http://[::1]:3128")]
    [InlineData("http://proxy.example:443", "http", "proxy.example", 443, "http://proxy.example:443")]
    [InlineData("http://user:secret@proxy.example:3128", "http", "proxy.example", 3128, "http://proxy.example:3128")]
    [InlineData("https://user:secret@proxy.example", "https", "proxy.example", 443, "https://proxy.example")]
    [InlineData("https://proxy.example:80", "https", "proxy.example", 80, "https://proxy.example:80")]
    [InlineData("socks4://user@proxy.example", "socks4", "proxy.example", 1080, "socks4://proxy.example")]
    [InlineData("socks4a://proxy.example:1080", "socks4a", "proxy.example", 1080, "socks4a://proxy.example")]
    [InlineData("SOCKS5://user:secret@[::1]:80", "socks5", "[::1]", 80, "socks5://[::1]:80")]
    [InlineData("socks5h://bücher.example:443", "socks5h", "xn--bcher-kva.example", 443, "socks5h://xn--bcher-kva.example:443")]
    public void A_url_names_a_proxy_and_no_secret_is_shown(string url, string scheme, string host, int port, string shown)
    {
        Proxy proxy = url;

        Assert.Equal((scheme, host, port), (proxy.Scheme, proxy.Host, proxy.Port));
        Assert.Equal(shown, proxy.ToString());
    }

    [Theory]
    [InlineData("socks://proxy.example:1080")]
    [InlineData("ftp://user:secret@proxy.example")]
    [InlineData("proxy.example:3128")]
    [InlineData("user:secret@proxy.example:3128")]
    [InlineData("http://user:secret@proxy.example/path")]
    [InlineData("socks5://user:secret@proxy.example?query")]
    [InlineData("socks5://proxy.example#fragment")]
    [InlineData("")]
    public void What_is_not_supported_is_told_with_what_is(string url)
    {
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => new Proxy(url));

        Assert.Contains("http://host:port", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("socks5:///")]
    [InlineData("socks5://:1080")]
    [InlineData("socks5://user:secret@proxy.example:65536")]
    [InlineData("socks5://user:secret@bad host")]
    [InlineData("socks5://user:secret@*.example")]
    [InlineData("socks5://user:sec\nret@proxy.example")]
    public void A_url_that_is_none_is_told_without_its_secret(string url)
    {
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => new Proxy(url));

        Assert.StartsWith("The proxy '", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_url_is_no_proxy() => Assert.Null((Proxy?)(string?)null);

    [Fact]
    public void Credentials_in_the_url_are_replaced_by_those_set()
    {
        Assert.NotNull(new Proxy("http://user:p@h").Auth);
        Assert.Null(new Proxy("http://user:p@h") { Auth = null }.Auth);
        Assert.Same(Auth.None, new Proxy("http://user:p@h") { Auth = Auth.None }.Auth);
    }

    [Fact]
    public void Credentials_that_would_go_to_the_origin_are_refused()
    {
        Assert.Throws<InvalidRequestException>(() => new Proxy("http://h") { Auth = Auth.Netrc() });
        Assert.Throws<InvalidRequestException>(() => new Proxy("http://h") { Auth = new OwnScheme() });
    }

    [Theory]
    [InlineData("socks4://us%40er:ignored@h", "us@er", "ignored")]
    [InlineData("socks5h://us%40er:p%3Aw%20%C3%A9@h", "us@er", "p:w é")]
    public void User_information_is_percent_decoded(string url, string userName, string password) =>
        Assert.Equal(new UserCredentials(userName, password), new Proxy(url).Credentials);

    [Fact]
    public void A_socks_proxy_takes_what_its_protocol_has_room_for()
    {
        string most = new('é', 127); // 254 bytes

        Assert.NotNull(new Proxy("socks5://h") { Auth = (most + "x", most + "x") }.Auth);
        Assert.NotNull(new Proxy("socks4://h") { Auth = (most + "x", "") }.Auth);
        Assert.Same(Auth.None, new Proxy("socks5://user:p@h") { Auth = Auth.None }.Auth);
        Assert.Null(new Proxy("socks5://user:p@h") { Auth = null }.Auth);
        Assert.Throws<InvalidRequestException>(() => new Proxy("socks5://h") { Auth = (most + "xx", "p") });
        Assert.Throws<InvalidRequestException>(() => new Proxy("socks5://h") { Auth = ("user", most + "xx") });
        Assert.Throws<InvalidRequestException>(() => new Proxy("socks5://h") { Auth = ("", "p") });
        Assert.Throws<InvalidRequestException>(() => new Proxy("socks5h://user@h"));
        Assert.Throws<InvalidRequestException>(() => new Proxy("socks4a://h") { Auth = (most + "xx", "") });
        Assert.Throws<InvalidRequestException>(() => new Proxy("socks4://a%00b@h"));
    }

    [Fact]
    public void A_socks_proxy_takes_no_other_credentials_and_the_message_shows_none()
    {
        Assert.Throws<InvalidRequestException>(() => new Proxy("socks5://h") { Auth = Auth.Digest("user", "p") });
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => new Proxy("socks5://user:p@h") { Auth = Auth.Bearer("secret") });

        Assert.Contains("socks5://h", e.Message, StringComparison.Ordinal);
        Assert.Contains("Auth.Basic", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Proxy, Proxy, bool> Pairs => new()
    {
        { "http://h", "HTTP://H:80/", true },
        { "socks5://h", "socks5://h:1080", true },
        { "http://user:p@h", new Proxy("http://h") { Auth = ("user", "p") }, true },
        { "http://h", "https://h:80", false },
        { "socks5://h", "socks5h://h", false },
        { "http://h", "http://h:81", false },
        { "http://h", "http://i", false },
        { "http://h", "http://user:p@h", false },
        { "http://user:p@h", "http://user:q@h", false },
        { "http://user:p@h", "http://resu:p@h", false },
        { new Proxy("http://h") { Auth = Auth.Digest("user", "p") }, new Proxy("http://h") { Auth = Auth.Digest("user", "p") }, false },
        { new Proxy("http://h") { Auth = Auth.Bearer("t") }, "http://h", false },
        { "http://h", Proxy.None, false },
        { Proxy.None, Proxy.None, true },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Equal_proxies_share_connections(Proxy one, Proxy other, bool equal)
    {
        Assert.Equal(equal, one == other);
        Assert.Equal(equal, other.Equals((object)one));
        Assert.NotEqual(equal, one != other);
        if (equal) Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Credentials_that_are_the_same_object_are_equal()
    {
        Auth digest = Auth.Digest("user", "p");
        Assert.Equal(new Proxy("http://h") { Auth = digest }, new Proxy("http://h") { Auth = digest });
        Assert.False(new Proxy("http://h") == null);
    }

    [Theory]
    [InlineData("http://h", "http", true)]
    [InlineData("https://h", "http", true)]
    [InlineData("http://h", "https", false)]
    [InlineData("http://h", "ws", false)]
    [InlineData("socks5h://h", "http", false)]
    public void Http_proxies_are_handed_http_requests_whole(string proxy, string scheme, bool forwards)
    {
        Assert.Equal(forwards, new Proxy(proxy).Forwards(scheme));
        Assert.Equal(forwards ? new Uri($"http://h:{new Proxy(proxy).Port}") : null, new ForwardingProxy(proxy).GetProxy(new Uri($"{scheme}://origin.invalid/")));
    }

    [Fact]
    public void None_is_no_proxy()
    {
        Assert.Equal(("", "", 0, "no proxy"), (Proxy.None.Scheme, Proxy.None.Host, Proxy.None.Port, Proxy.None.ToString()));
        Assert.Null(Proxy.None.Auth);
        Assert.False(Proxy.None.Forwards("http"));
    }

    [Fact]
    public async Task A_session_without_a_proxy_goes_directly()
    {
        await using FaultyServer server = FaultyServer.Start(ProxyServer.Ok);
        await using Session session = new(new() { Proxy = Proxy.None });

        Assert.Equal("ok", (await session.GetAsync(server.Url + "/direct")).Text);
        Assert.StartsWith("GET /direct ", Assert.Single(server.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_over_a_handler_has_no_proxy_of_its_own() =>
        Assert.Throws<InvalidRequestException>(() => new Session(new MemoryHandler(_ => MemoryHandler.Ok()), new() { Proxy = "http://h" }));

    private sealed class OwnScheme : Auth
    {
        protected internal override ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken)
        {
            request.Headers["Authorization"] = "Own secret";
            return ValueTask.CompletedTask;
        }
    }
}
