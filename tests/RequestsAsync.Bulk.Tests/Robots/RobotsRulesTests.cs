namespace RequestsAsync.Bulk.Tests;

public sealed class RobotsRulesTests
{
    [Theory]
    [InlineData("", "/", true)]
    [InlineData("User-agent: *\nDisallow: /", "/", false)]
    [InlineData("User-agent: *\nDisallow: /", "/robots.txt", true)]
    [InlineData("User-agent: *\nDisallow:", "/x", true)]
    [InlineData("user-agent:*\ndisallow:/p", "/path", false)]
    [InlineData("User-agent: *\nDisallow: /p # why", "/p", false)]
    [InlineData("User-agent: *\nDisallow: /p", "/Path", true)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true)]
    [InlineData("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false)]
    [InlineData("User-agent: *\nDisallow: /page\nAllow: /page", "/page", true)]
    [InlineData("User-agent: *\nDisallow: /*.gif$", "/x/y.gif", false)]
    [InlineData("User-agent: *\nDisallow: /*.gif$", "/y.gif?a", true)]
    [InlineData("User-agent: *\nDisallow: /a*b*c", "/axxbyyczz", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c", "/axxcyyb", true)]
    [InlineData("User-agent: *\nDisallow: /x$", "/x", false)]
    [InlineData("User-agent: *\nDisallow: /x$", "/xy", true)]
    [InlineData("User-agent: *\nDisallow: /caf\u00e9", "/caf%c3%a9/x", false)]
    [InlineData("User-agent: *\nDisallow: /%7Ejoe", "/~joe", false)]
    [InlineData("User-agent: *\nDisallow: /a%2Fb", "/a/b", true)]
    [InlineData("User-agent: *\nDisallow: /a%2fb", "/a%2Fb", false)]
    [InlineData("User-agent: *\nDisallow: /?q=", "/?q=1", false)]
    [InlineData("User-agent: *\nDisallow: /foo-%24", "/foo-$", false)]
    [InlineData("User-agent: *\nDisallow: /a-%2A.html", "/a-*.html", false)]
    [InlineData("User-agent: *\nDisallow: /a-%2A.html", "/a-b.html", true)]
    [InlineData("User-agent: *\nDisallow: /a$b", "/a$b", false)]
    [InlineData("User-agent: *\nDisallow: /a$b", "/a", true)]
    [InlineData("User-agent: OtherBot\nDisallow: /", "/x", true)]
    [InlineData("User-agent: *\nDisallow: /\nUser-agent: examplebot\nDisallow: /b", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /\nUser-agent: ExampleBot/2.1\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: ExampleBot\nUser-agent: OtherBot\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: ExampleBot\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: ExampleBot\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: ExampleBot\nSitemap: http://a.example/s\nUser-agent: x\nDisallow: /b", "/b", false)]
    [InlineData("Disallow: /", "/x", true)]
    [InlineData("\uFEFFUser-agent: *\r\nDisallow: /a\rDisallow: /b", "/b", false)]
    [InlineData("<html>404</html>", "/x", true)]
    public void A_rule_decides_as_the_specification_says(string text, string path, bool isAllowed) =>
        Assert.Equal(isAllowed, RobotsRules.Parse(text, "ExampleBot").IsAllowed(path));

    [Theory]
    [InlineData("MJ12bot", false)]
    [InlineData("mj12BOT", false)]
    [InlineData("MJ", true)]
    public void A_crawler_may_have_digits_in_its_name(string product, bool isAllowed) =>
        Assert.Equal(isAllowed, RobotsRules.Parse("User-agent: MJ12bot/1.4\nDisallow: /", product).IsAllowed("/x"));

    [Theory]
    [InlineData("User-agent: *\nCrawl-delay: 2.5\nDisallow: /x", 2.5)]
    [InlineData("User-agent: *\nCrawl-delay: 2\n\nUser-agent: ExampleBot\nCrawl-delay: 7", 7d)]
    [InlineData("User-agent: *\nCrawl-delay: soon", null)]
    [InlineData("User-agent: *\nCrawl-delay: -1", null)]
    [InlineData("User-agent: x\nCrawl-delay: 3", null)]
    [InlineData("User-agent: *\nCrawl-delay: -Infinity", null)]
    [InlineData("User-agent: *\nCrawl-delay: NaN", null)]
    [InlineData("User-agent: *\nCrawl-delay: 99999999999999999999999999", null)]
    public void A_delay_is_read(string text, double? seconds) => Assert.Equal(seconds, RobotsRules.Parse(text, "ExampleBot").CrawlDelay?.TotalSeconds);

    [Theory]
    [InlineData("User-agent: other\nDisallow: /\nUser-agent: ExampleBot\nDisallow: /a\nAllow: /a/%62\nDisallow: /*.gif$\nCrawl-delay: 2.5", "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /*.gif$\nCrawl-delay: 2.5\n")]
    [InlineData("User-agent: other\nDisallow: /", "")]
    public void What_concerns_others_is_not_kept(string text, string kept)
    {
        Assert.Equal(kept, RobotsRules.Parse(text, "ExampleBot").ToString());
        Assert.Equal(kept, RobotsRules.Parse(kept, "ExampleBot").ToString());
    }

    [Fact]
    public void Many_stars_take_no_more_than_their_time()
    {
        RobotsRules rules = RobotsRules.Parse("User-agent: *\nDisallow: /" + string.Concat(Enumerable.Repeat("a*", 1000)) + "b$", "ExampleBot");

        Assert.True(rules.IsAllowed("/" + new string('a', 20_000)));
    }

    [Fact]
    public void Nothing_is_allowed_where_nothing_is_known() => Assert.False(RobotsRules.None.IsAllowed("/x"));
}
