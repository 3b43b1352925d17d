namespace RequestsAsync.Tests;

public sealed class CookieJarByHandTests
{
    private readonly CookieJar _jar = new(new() { TimeProvider = new ManualTime() });

    [Fact]
    public void A_cookie_set_by_hand_is_host_only_unless_its_domain_has_a_dot_in_front()
    {
        _jar.Set("a", "1", "Example.COM");
        _jar.Set("b", "2", ".example.com", "/deep");

        Assert.Equal("a=1", _jar.GetHeader("http://example.com/"));
        Assert.Equal("b=2; a=1", _jar.GetHeader("http://example.com/deep"));
        Assert.Equal("b=2", _jar.GetHeader("http://www.example.com/deep"));
    }

    [Fact]
    public void An_address_and_an_international_name_are_written_as_hosts_are()
    {
        Assert.Equal("::1", new Cookie("a", "1", "[::1]").Domain);
        Assert.Equal("xn--bcher-kva.example", new Cookie("a", "1", "Bücher.example").Domain);
    }

    [Theory]
    [InlineData("", "", "example.com", "/")]
    [InlineData("a;b", "1", "example.com", "/")]
    [InlineData("a=b", "1", "example.com", "/")]
    [InlineData(" a", "1", "example.com", "/")]
    [InlineData("a", "1\r\nX: y", "example.com", "/")]
    [InlineData("a", "1; Secure", "example.com", "/")]
    [InlineData("a", "1 ", "example.com", "/")]
    [InlineData("a", "1", "", "/")]
    [InlineData("a", "1", ".", "/")]
    [InlineData("a", "1", "..example.com", "/")]
    [InlineData("a", "1", "https://example.com", "/")]
    [InlineData("a", "1", "exa mple.com", "/")]
    [InlineData("a", "1", "xn--\u00fc", "/")]
    [InlineData("a", "1", "example.com", "")]
    [InlineData("a", "1", "example.com", "deep")]
    [InlineData("a", "1", "example.com", "/\n")]
    [InlineData("a", "1", ".co.uk", "/")]
    [InlineData("__Secure-a", "1", "example.com", "/")]
    [InlineData("__host-a", "1", "example.com", "/")]
    public void What_cannot_be_sent_or_must_not_be_is_refused(string name, string value, string domain, string path)
    {
        Assert.Throws<InvalidRequestException>(() => _jar.Set(name, value, domain, path));
        Assert.Empty(_jar);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Throws<InvalidRequestException>(() => new Cookie("a", "\ud800", "example.com"));

    [Fact]
    public void A_cookie_over_4096_bytes_is_refused() =>
        Assert.Throws<InvalidRequestException>(() => new Cookie("a", new string('v', 4096), "example.com"));

    [Fact]
    public void The_indexer_gives_the_one_value_and_refuses_to_choose()
    {
        _jar.Set("a", "1", "example.com");
        Assert.Equal("1", _jar["a"]);
        Assert.Null(_jar["A"]);

        _jar.Set("a", "secret", "example.com", "/deep");
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => _jar["a"]);
        Assert.Contains("Find(name, domain, path)", e.Message, StringComparison.Ordinal);
        Assert.Contains("Path=/deep", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);

        Assert.Equal("secret", _jar.Find("a", ".EXAMPLE.com", "/deep")?.Value);
        Assert.Null(_jar.Find("a", "example.org"));
    }

    [Fact]
    public void Cookies_can_be_taken_away_by_name_by_domain_and_by_kind()
    {
        _jar.Set("a", "1", "example.com");
        _jar.Set("a", "2", "example.org");
        _jar.Set("b", "3", ".example.org");
        _jar.Set("c", "4", "www.example.org");
        _jar.Set(new Cookie("d", "5", "example.net") { Expires = new ManualTime().Now.AddDays(1) });

        Assert.Equal(1, _jar.Remove("a", "example.com"));
        Assert.Equal(0, _jar.Remove("a", "example.com"));
        _jar.Clear("example.org");
        Assert.Equal("c d", string.Join(' ', _jar.Select(cookie => cookie.Name)));
        Assert.Equal(1, _jar.RemoveSessionCookies());
        Assert.Equal(1, _jar.Count);
        _jar.Clear();
        Assert.Empty(_jar);
        Assert.Equal(0, _jar.Count);
    }

    [Fact]
    public void None_ignores_servers_and_tells_people()
    {
        Assert.False(CookieJar.None.SetFromHeader("https://example.com/", "a=1"));
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => CookieJar.None.Set("a", "1", "example.com"));
        Assert.Contains("new CookieJar()", e.Message, StringComparison.Ordinal);
        Assert.Empty(CookieJar.None);
    }

    [Fact]
    public void No_text_shows_a_value()
    {
        Cookie cookie = new("sid", "secret", ".example.com")
        {
            Expires = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
            IsSecure = true,
            IsHttpOnly = true,
            SameSite = CookieSameSite.Lax,
        };
        _jar.Set(cookie);

        Assert.Equal(
            "sid=…; Domain=.example.com; Path=/; Expires=Tue, 03 Feb 2026 04:05:06 GMT; Secure; HttpOnly; SameSite=Lax",
            cookie.ToString());
        Assert.Equal("<CookieJar [1]>", _jar.ToString());
        Assert.Equal("<CookieJar.None>", CookieJar.None.ToString());
    }

    [Fact]
    public void A_limit_below_1_is_refused()
    {
        Assert.Throws<InvalidRequestException>(() => new CookieJarOptions { MaxCookies = 0 });
        Assert.Throws<InvalidRequestException>(() => new CookieJarOptions { MaxCookiesPerDomain = -1 });
    }
}
