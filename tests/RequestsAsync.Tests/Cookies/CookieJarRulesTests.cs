namespace RequestsAsync.Tests;

/// <summary>What a server sets at one URL, and what another URL gets for it.</summary>
public sealed class CookieJarRulesTests
{
    private const string Site = "https://www.example.com/dir/page";

    private readonly ManualTime _time = new();
    private readonly CookieJar _jar;

    public CookieJarRulesTests() => _jar = new(new() { TimeProvider = _time });

    [Theory]
    [InlineData("a=1", "https://www.example.com/dir/", "a=1")]
    [InlineData("a=1", "https://www.example.com/", null)]
    [InlineData("a=1", "http://www.example.com:8080/dir/x", "a=1")]
    [InlineData("a=1; Path=/", "https://www.example.com", "a=1")]
    [InlineData("a=1; Path=/", "https://WWW.EXAMPLE.COM/", "a=1")]
    [InlineData("a=1; Path=/", "https://sub.www.example.com/", null)]
    [InlineData("a=1; Path=/", "https://example.com/", null)]
    [InlineData("a=1; Path=/; Domain=www.example.com", "https://sub.www.example.com/", "a=1")]
    [InlineData("a=1; Path=/; Domain=.example.com", "https://example.com/", "a=1")]
    [InlineData("a=1; Path=/; Domain=EXAMPLE.com", "https://other.example.com/", "a=1")]
    [InlineData("a=1; Path=/; Domain=example.com", "https://badexample.com/", null)]
    [InlineData("a=1; Path=/; Domain=ample.com", "https://www.example.com/", null)]
    [InlineData("a=1; Path=/; Domain=sub.www.example.com", "https://sub.www.example.com/", null)]
    [InlineData("a=1; Path=/; Domain=com", "https://www.example.com/", null)]
    [InlineData("a=1; Path=/; Domain=.", "https://www.example.com/", null)]
    [InlineData("a=1; Path=/; Domain=example.com.", "https://www.example.com/", null)]
    [InlineData("a=1; Path=/; Domain=exämple.com", "https://www.example.com/", null)]
    [InlineData("a=1; Path=/; Secure", "https://www.example.com/", "a=1")]
    [InlineData("a=1; Path=/; Secure", "http://www.example.com/", null)]
    [InlineData("=only a value; Path=/", "https://www.example.com/", "only a value")]
    [InlineData("a=; Path=/", "https://www.example.com/", "a=")]
    public void A_cookie_goes_where_it_is_meant_to(string setCookie, string url, string? expected)
    {
        _jar.SetFromHeader(Site, setCookie);

        Assert.Equal(expected, _jar.GetHeader(url));
    }

    [Theory]
    [InlineData("http://1.2.3.4/", "a=1", true)]
    [InlineData("http://1.2.3.4/", "a=1; Domain=1.2.3.4", true)]
    [InlineData("http://1.2.3.4/", "a=1; Domain=.1.2.3.4", false)]
    [InlineData("http://1.2.3.4/", "a=1; Domain=3.4", false)]
    [InlineData("http://[2001:db8::1]/", "a=1; Domain=2001:db8::1", true)]
    [InlineData("http://[fe80::1%25eth0]/", "a=1", true)]
    [InlineData("http://localhost/", "a=1; Domain=localhost", true)]
    [InlineData("https://github.io/", "a=1; Domain=github.io", true)]
    [InlineData("https://you.github.io/", "a=1; Domain=github.io", false)]
    [InlineData("https://evil.co.uk./", "a=1; Domain=co.uk.", false)]
    public void A_host_that_has_no_hosts_of_its_own_below_it_speaks_for_itself_alone(string url, string setCookie, bool isTaken)
    {
        Assert.Equal(isTaken, _jar.SetFromHeader(url, setCookie));
        Assert.All(_jar, cookie => Assert.True(cookie.IsHostOnly));
        Assert.Equal(isTaken ? "a=1" : null, _jar.GetHeader(url));
    }

    [Theory]
    [InlineData("http://www.example.com/", false)]
    [InlineData("https://www.example.com/", true)]
    [InlineData("http://localhost:5000/", true)]
    [InlineData("http://app.localhost/", true)]
    [InlineData("http://127.0.0.1/", true)]
    [InlineData("http://[::1]/", true)]
    public void Secure_comes_from_and_goes_to_https_and_this_machine(string url, bool isTaken)
    {
        Assert.Equal(isTaken, _jar.SetFromHeader(url, "a=1; Secure"));
        Assert.Equal(isTaken ? "a=1" : null, _jar.GetHeader(url));
    }

    [Theory]
    [InlineData("http://www.example.com/", "a=2; Path=/login", false)] // the same cookie
    [InlineData("http://www.example.com/", "a=2; Path=/login; Domain=example.com", false)] // one that would be sent beside it
    [InlineData("http://www.example.com/", "a=2; Path=/login/deep", false)] // one that would be sent before it
    [InlineData("http://www.example.com/", "a=; Path=/login; Max-Age=0", false)] // one that would end it
    [InlineData("http://example.com/", "a=2; Path=/login", false)] // from a parent
    [InlineData("http://sub.www.example.com/", "a=2; Path=/login", false)] // from a child
    [InlineData("http://other.example.com/", "a=2; Path=/login", true)] // from a neighbour
    [InlineData("http://www.example.com/", "a=2; Path=/", true)] // for other paths
    [InlineData("http://www.example.com/", "A=2; Path=/login", true)] // of another name
    [InlineData("https://www.example.com/", "a=2; Path=/login", true)] // from https
    public void Http_leaves_secure_cookies_alone(string url, string setCookie, bool isTaken)
    {
        _jar.SetFromHeader("https://www.example.com/", "a=1; Path=/login; Secure; Domain=www.example.com");

        Assert.Equal(isTaken, _jar.SetFromHeader(url, setCookie));
        if (!isTaken) Assert.Equal("1", _jar["a"]);
    }

    [Theory]
    [InlineData("__Host-a=1; Secure; Path=/", true)]
    [InlineData("__hOST-a=1; Secure; Path=/", true)]
    [InlineData("__Host-a=1; Secure; Path=/; Domain=", true)]
    [InlineData("__Host-a=1; Secure; Path=/; Domain=example.com", false)]
    [InlineData("__Host-a=1; Secure; Path=/dir", false)]
    [InlineData("__Host-a=1; Secure", false)]
    [InlineData("__hOST-a=1; Path=/", false)]
    [InlineData("__Secure-a=1; Secure; Domain=example.com", true)]
    [InlineData("__sEcUrE-a=1", false)]
    [InlineData("=__Host-a=1; Secure; Path=/", false)]
    [InlineData("__secure-a; Secure; Path=/", false)]
    [InlineData("__Hosta=1", true)]
    public void A_prefix_is_a_promise(string setCookie, bool isTaken) =>
        Assert.Equal(isTaken, _jar.SetFromHeader("https://www.example.com/", setCookie));

    [Fact]
    public void Longer_paths_go_first_then_older_cookies_and_a_new_value_makes_no_cookie_younger()
    {
        _jar.SetFromHeader(Site, "old=1; Path=/");
        _jar.SetFromHeader(Site, "young=1; Path=/");
        _jar.SetFromHeader(Site, "deep=1; Path=/dir");
        _time.Advance(TimeSpan.FromMinutes(1));
        _jar.SetFromHeader(Site, "parent=1; Path=/; Domain=example.com");
        _jar.SetFromHeader(Site, "old=2; Path=/; HttpOnly");

        Assert.Equal("deep=1; old=2; young=1; parent=1", _jar.GetHeader(Site));
        Assert.Equal("old young deep parent", string.Join(' ', _jar.Select(cookie => cookie.Name)));
    }

    [Fact]
    public void Host_only_and_not_are_two_cookies()
    {
        _jar.SetFromHeader(Site, "a=1; Path=/");
        _jar.SetFromHeader(Site, "a=2; Path=/; Domain=www.example.com");

        Assert.Equal("a=1; a=2", _jar.GetHeader(Site));
    }

    [Theory]
    [InlineData("a=2; Max-Age=0")]
    [InlineData("a=2; Max-Age=-1; Expires=Fri, 01 Jan 2038 00:00:00 GMT")]
    [InlineData("a=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT")]
    public void An_expired_cookie_removes_its_predecessor(string setCookie)
    {
        _jar.SetFromHeader(Site, "a=1");
        Assert.True(_jar.SetFromHeader(Site, setCookie));

        Assert.Empty(_jar);
        Assert.Null(_jar.GetHeader(Site));
    }

    [Fact]
    public void Max_Age_beats_Expires()
    {
        _jar.SetFromHeader(Site, "a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT");

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("a=1", _jar.GetHeader(Site));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_jar.GetHeader(Site));
    }

    [Theory]
    [InlineData("a=1; Max-Age=99999999999999999999")]
    [InlineData("a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT")]
    public void No_cookie_lives_longer_than_400_days(string setCookie)
    {
        _jar.SetFromHeader(Site, setCookie);

        Assert.Equal(_time.Now.AddDays(400), Assert.Single(_jar).Expires);
    }

    [Fact]
    public void Attributes_are_kept()
    {
        _jar.SetFromHeader(Site, "a=1; Secure; HttpOnly; SameSite=Strict; Domain=Example.Com");

        Cookie cookie = Assert.Single(_jar);
        Assert.Equal(("a", "1", "example.com", "/dir"), (cookie.Name, cookie.Value, cookie.Domain, cookie.Path));
        Assert.Equal((false, true, true, CookieSameSite.Strict), (cookie.IsHostOnly, cookie.IsSecure, cookie.IsHttpOnly, cookie.SameSite));
        Assert.Null(cookie.Expires);
        Assert.Equal(_time.Now, cookie.Created);
    }

    [Fact]
    public void An_international_host_is_one_host_in_both_spellings()
    {
        _jar.SetFromHeader("https://bücher.example/", "a=1; Domain=xn--bcher-kva.example");

        Assert.Equal("a=1", _jar.GetHeader("https://shop.xn--bcher-kva.example/"));
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("example.com")]
    [InlineData("ftp://example.com/")]
    [InlineData("")]
    public void A_url_without_cookies_is_said_to_be_wrong(string url)
    {
        Assert.Throws<InvalidRequestException>(() => _jar.GetHeader(url));
        Assert.Throws<InvalidRequestException>(() => _jar.SetFromHeader(url, "a=1"));
    }
}
