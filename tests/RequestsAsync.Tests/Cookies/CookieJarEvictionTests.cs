namespace RequestsAsync.Tests;

public sealed class CookieJarEvictionTests
{
    private const string Site = "https://example.com/";

    private readonly ManualTime _time = new();

    [Fact]
    public void A_domain_keeps_50_cookies_and_a_jar_3000_unless_told_otherwise()
    {
        CookieJar jar = new();
        for (int domain = 0; domain < 70; domain++)
        {
            for (int i = 0; i < 60; i++) jar.SetFromHeader($"https://d{domain}.example.com/", $"c{i}=1");
        }

        Assert.Equal(3000, jar.Count);
        Assert.Equal(3000, jar.ToList().Count);
        Assert.All(jar.GroupBy(cookie => cookie.Domain, StringComparer.Ordinal), cookies => Assert.Equal(50, cookies.Count()));
    }

    [Fact]
    public void The_cookie_that_was_not_sent_for_the_longest_time_goes()
    {
        CookieJar jar = NewJar(perDomain: 3);
        Set(jar, "a=1; Path=/a", "b=1; Path=/b", "c=1; Path=/c");
        jar.GetHeader(Site + "a");
        Set(jar, "d=1");

        Assert.Equal("a c d", Names(jar));
    }

    [Fact]
    public void A_new_value_is_a_use()
    {
        CookieJar jar = NewJar(perDomain: 2);
        Set(jar, "a=1", "b=1", "a=2", "c=1");

        Assert.Equal("a c", Names(jar));
    }

    [Fact]
    public void Of_one_domain_the_expired_go_first_then_those_http_could_set()
    {
        CookieJar jar = NewJar(perDomain: 3);
        Set(jar, "secure=1; Secure", "plain=1", "short=1; Max-Age=5");
        _time.Advance(TimeSpan.FromSeconds(10));
        Set(jar, "d=1; Secure");
        Assert.Equal("d plain secure", Names(jar));

        Set(jar, "e=1; Secure");
        Assert.Equal("d e secure", Names(jar));

        Set(jar, "f=1; Secure");
        Assert.Equal("d e f", Names(jar));
    }

    [Fact]
    public void Http_cannot_push_secure_cookies_out_of_their_domain()
    {
        CookieJar jar = NewJar(perDomain: 2);
        Set(jar, "a=1; Secure", "b=1; Secure");
        for (int i = 0; i < 10; i++) jar.SetFromHeader("http://example.com/", $"flood{i}=1");

        Assert.Equal("a b", Names(jar));
    }

    [Fact]
    public void Of_the_whole_jar_the_expired_go_first_then_the_longest_unused()
    {
        CookieJar jar = NewJar(perDomain: 3, all: 3);
        jar.SetFromHeader("https://one.example.com/", "a=1; Secure");
        jar.SetFromHeader("https://two.example.com/", "b=1; Max-Age=5");
        jar.SetFromHeader("https://three.example.com/", "c=1");
        _time.Advance(TimeSpan.FromSeconds(10));

        jar.SetFromHeader("https://four.example.com/", "d=1");
        Assert.Equal("a c d", Names(jar));

        jar.SetFromHeader("https://five.example.com/", "e=1");
        Assert.Equal("c d e", Names(jar));
    }

    [Fact]
    public void What_expired_is_gone_from_every_view()
    {
        CookieJar jar = NewJar(perDomain: 10);
        Set(jar, "a=1; Max-Age=5", "b=1");
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("b", Names(jar));
        Assert.Null(jar["a"]);
        Assert.Equal("b=1", jar.GetHeader(Site));
        Assert.Equal(1, jar.Count);
        Assert.Equal(0, jar.RemoveExpired());
    }

    private static void Set(CookieJar jar, params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields) Assert.True(jar.SetFromHeader(Site, field));
    }

    private static string Names(CookieJar jar) => string.Join(' ', jar.Select(cookie => cookie.Name).Order(StringComparer.Ordinal));

    private CookieJar NewJar(int perDomain, int all = 100) =>
        new(new() { TimeProvider = _time, MaxCookiesPerDomain = perDomain, MaxCookies = all });
}
