namespace RequestsAsync.Tests;

public sealed class UrlTests
{
    [Fact]
    public void Components_are_those_of_the_text()
    {
        Url url = Url.Parse("https://us%40er:p%C3%A4ss%3A@Example.com:8443/a/b?c=d#e");

        Assert.Equal("https", url.Scheme);
        Assert.Equal("us@er", url.UserName);
        Assert.Equal("päss:", url.Password);
        Assert.Equal("example.com", url.Host);
        Assert.Equal(8443, url.Port);
        Assert.False(url.IsDefaultPort);
        Assert.Equal("example.com:8443", url.Authority);
        Assert.Equal("/a/b", url.Path);
        Assert.Equal("c=d", url.Query);
        Assert.Equal("e", url.Fragment);
        Assert.Equal("/a/b?c=d", url.PathAndQuery);
        Assert.Equal("https://example.com:8443", url.Origin);
        Assert.True(url.IsSecure);
    }

    [Fact]
    public void Absent_components_are_null()
    {
        Url url = Url.Parse("ws://example.com");

        Assert.Null(url.UserName);
        Assert.Null(url.Password);
        Assert.Null(url.Query);
        Assert.Null(url.Fragment);
        Assert.Equal("/", url.PathAndQuery);
        Assert.Equal(80, url.Port);
        Assert.True(url.IsDefaultPort);
        Assert.Equal("example.com", url.Authority);
        Assert.False(url.IsSecure);
    }

    [Fact]
    public void Empty_query_and_fragment_are_not_absent_ones()
    {
        Url url = Url.Parse("http://example.com/?#");

        Assert.Equal("", url.Query);
        Assert.Equal("", url.Fragment);
        Assert.Equal("/", url.PathAndQuery);
    }

    [Theory]
    [InlineData("http://user@h/", "user", null, "http://user@h/")]
    [InlineData("http://user:@h/", "user", null, "http://user@h/")]
    [InlineData("http://:pw@h/", "", "pw", "http://:pw@h/")]
    [InlineData("http://:@h/", null, null, "http://h/")]
    [InlineData("http://@h/", null, null, "http://h/")]
    [InlineData("http://a@b:c@d@h/", "a@b", "c@d", "http://a%40b:c%40d@h/")]
    [InlineData("http://a;=[]|:^@h/", "a;=[]|", "^", "http://a%3B%3D%5B%5D%7C:%5E@h/")]
    [InlineData("http://%ff:%@h/", "\ufffd", "%", "http://%ff:%@h/")]
    public void User_information_is_decoded(string text, string? userName, string? password, string href)
    {
        Url url = Url.Parse(text);

        Assert.Equal((userName, password, href), (url.UserName, url.Password, url.Href));
    }

    [Fact]
    public void ToString_has_no_secret()
    {
        Url url = Url.Parse("https://user:secret@example.com:1/a?b#c");

        Assert.Equal("https://example.com:1/a?b#c", url.ToString());
        Assert.Equal("https://user:secret@example.com:1/a?b#c", url.Href);
    }

    [Fact]
    public void Equality_is_that_of_the_serialisation()
    {
        Url url = Url.Parse("http://example.com/a");

        Assert.Equal(url, Url.Parse("HTTP://EXAMPLE.COM:80/b/../a"));
        Assert.Equal(url.GetHashCode(), Url.Parse("HTTP://EXAMPLE.COM:80/b/../a").GetHashCode());
        Assert.NotEqual(url, Url.Parse("http://example.com/A"));
        Assert.NotEqual(url, Url.Parse("http://example.com/a#"));
        Assert.True(url == Url.Parse("http://example.com/./a"));
        Assert.True(url != Url.Parse("https://example.com/a"));
        Assert.False(url == null);
        Assert.False(url.Equals(null));
        Assert.False(url.Equals((object)"http://example.com/a"));
    }

    [Fact]
    public void WithoutUserInfo_moves_everything_behind_it()
    {
        Url url = Url.Parse("https://user:pw@example.com:8443/a?b#c").WithoutUserInfo();

        AssertSameAsParsed("https://example.com:8443/a?b#c", url);
        Assert.Same(url, url.WithoutUserInfo());
    }

    [Theory]
    [InlineData("http://h/a", "b=c", "http://h/a?b=c")]
    [InlineData("http://h/a?x#f", "b=c", "http://h/a?b=c#f")]
    [InlineData("http://h/a?x#f", "", "http://h/a?#f")]
    [InlineData("http://h/a?x#f", null, "http://h/a#f")]
    [InlineData("http://h/a", "b=%20+'# ä", "http://h/a?b=%20+%27%23%20%C3%A4")]
    public void WithQuery_replaces_the_query_and_keeps_the_fragment(string text, string? query, string href) =>
        AssertSameAsParsed(href, Url.Parse(text).WithQuery(query));

    [Theory]
    [InlineData("http://h/a?b", "c", "http://h/a?b#c")]
    [InlineData("http://h/a?b#x", "c", "http://h/a?b#c")]
    [InlineData("http://h/a?b#x", "", "http://h/a?b#")]
    [InlineData("http://h/a?b#x", null, "http://h/a?b")]
    [InlineData("http://h/a?b", null, "http://h/a?b")]
    [InlineData("http://h/a", "b c%20#", "http://h/a#b%20c%20#")]
    public void WithFragment_replaces_the_fragment(string text, string? fragment, string href) =>
        AssertSameAsParsed(href, Url.Parse(text).WithFragment(fragment));

    private static void AssertSameAsParsed(string href, Url url)
    {
        Assert.Equal(href, url.Href);
        Assert.Equal(Url.Parse(href).Parts, url.Parts);
    }
}
