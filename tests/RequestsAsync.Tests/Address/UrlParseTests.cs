namespace RequestsAsync.Tests;

public sealed class UrlParseTests
{
    [Theory]
    [InlineData("http://example.com", "http://example.com/")]
    [InlineData("HTTP://EXAMPLE.com/A", "http://example.com/A")]
    [InlineData("  https://example.com/ \r\n", "https://example.com/")]
    [InlineData("ht\ntps://exa\tmple.com/a\rb", "https://example.com/ab")]
    [InlineData("https:\\\\example.com\\a\\b?c\\d#e\\f", "https://example.com/a/b?c\\d#e\\f")]
    [InlineData("https:example.com", "https://example.com/")]
    [InlineData("https:////example.com//a", "https://example.com//a")]
    [InlineData("https://example.com:443/", "https://example.com/")]
    [InlineData("https://example.com:0080/", "https://example.com:80/")]
    [InlineData("http://example.com:/", "http://example.com/")]
    [InlineData("wss://example.com:443", "wss://example.com/")]
    [InlineData("ws://example.com:443", "ws://example.com:443/")]
    [InlineData("http://example.com?q", "http://example.com/?q")]
    [InlineData("http://example.com#f", "http://example.com/#f")]
    [InlineData("http://example.com/?#", "http://example.com/?#")]
    public void Text_becomes_its_serialised_form(string text, string href) => Assert.Equal(href, Url.Parse(text).Href);

    [Theory]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/../../a", "/a")]
    [InlineData("//..", "/")]
    [InlineData("/a/%2e%2E/b", "/b")]
    [InlineData("/a/.%2e/b", "/b")]
    [InlineData("/a/%2e/b", "/a/b")]
    [InlineData("/a/%2e", "/a/")]
    [InlineData("/a/...", "/a/...")]
    [InlineData("/a/.b/..c", "/a/.b/..c")]
    [InlineData("/a/%2f../b", "/a/%2f../b")]
    [InlineData("/%252e%252e/b", "/%252e%252e/b")]
    public void Dot_segments_go_also_when_encoded(string path, string normalised) =>
        Assert.Equal(normalised, Url.Parse("http://host" + path).PathAndQuery);

    [Theory]
    [InlineData("/a b", "/a%20b")]
    [InlineData("/ä", "/%C3%A4")]
    [InlineData("/😀", "/%F0%9F%98%80")]
    [InlineData("/%41%zz%", "/%41%zz%")]
    [InlineData("/\"<>^`{}", "/%22%3C%3E%5E%60%7B%7D")]
    [InlineData("/|'[]@:;=&$+,!*()~", "/|'[]@:;=&$+,!*()~")]
    [InlineData("/?\"<>'`{}^|ä", "/?%22%3C%3E%27`{}^|%C3%A4")]
    [InlineData("/?a=%20+b", "/?a=%20+b")]
    public void What_may_not_stay_is_encoded_once(string given, string sent) => Assert.Equal(sent, Url.Parse("http://host" + given).PathAndQuery);

    [Fact]
    public void Lone_surrogate_becomes_a_replacement_character() =>
        Assert.Equal("/a%EF%BF%BDb?%EF%BF%BD", Url.Parse("http://host/a\ud800b?\udc00").PathAndQuery);

    [Fact]
    public void Fragment_has_its_own_set() => Assert.Equal("%20%22%3C%3E%60{}^|'#%C3%A4", Url.Parse("http://host/# \"<>`{}^|'#ä").Fragment);

    [Fact]
    public void Serialised_text_is_not_copied()
    {
        string text = string.Concat("https://example.com/a?b", "#c");

        Assert.Same(text, Url.Parse(text).Href);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("example.com/a", "Perhaps you meant https://example.com/a?")]
    [InlineData("//example.com/a", "Perhaps you meant https://example.com/a?")]
    [InlineData("localhost:8080/a", "Perhaps you meant https://localhost:8080/a?")]
    [InlineData("/a", "base address")]
    [InlineData("ftp://example.com/", "scheme 'ftp' is not supported")]
    [InlineData("mailto:a", "only http, https, ws and wss are")]
    [InlineData("http://", "No host")]
    [InlineData("http://?a", "No host")]
    [InlineData("http://:80", "No host")]
    [InlineData("http://user@/", "No host")]
    [InlineData("http://host:65536/", "port")]
    [InlineData("http://host:8o/", "port")]
    [InlineData("http://host:-1/", "port")]
    [InlineData("http://a b/", "U+0020")]
    [InlineData("http://a%00b/", "U+0000")]
    [InlineData("http://a%2fb/", "'/'")]
    [InlineData("http://\u00ad/", "empty")]
    [InlineData("http://256.256.256.256/", "IPv4")]
    [InlineData("http://1.2.3.08/", "IPv4")]
    [InlineData("http://foo.1.2.3.4/", "IPv4")]
    [InlineData("http://1.2.3.4.5/", "IPv4")]
    [InlineData("http://[::1/", "IPv6")]
    [InlineData("http://[fe80::1%25eth0]/", "IPv6")]
    [InlineData("http://\u200d.example/", "joiner")]
    [InlineData("http://\u0300a.example/", "combining mark U+0300")]
    [InlineData("http://ä.xn--0/", "Punycode")]
    public void What_is_no_URL_is_refused_with_the_reason(string text, string reason)
    {
        InvalidRequestException refused = Assert.Throws<InvalidRequestException>(() => Url.Parse(text));

        Assert.StartsWith("Invalid URL '", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.False(Url.TryParse(text, out _));
    }

    [Theory]
    [InlineData("http://user:secret@:80/")]
    [InlineData("http://user:sec/secret@host/")]
    [InlineData("http://user:sec?secret@host:x/")]
    [InlineData("user:secret@host/")]
    [InlineData("ftp://user:secret@host/")]
    [InlineData("us er:secret@host")]
    [InlineData("http:\\user:secret@ho st/")]
    public void Message_has_no_password(string text)
    {
        InvalidRequestException refused = Assert.Throws<InvalidRequestException>(() => Url.Parse(text));

        Assert.DoesNotContain("sec", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_is_printable_and_short()
    {
        InvalidRequestException refused = Assert.Throws<InvalidRequestException>(() => Url.Parse("a\u001b[31m" + new string('b', 5000)));

        Assert.DoesNotContain('\u001b', refused.Message);
        Assert.InRange(refused.Message.Length, 1, 600);
    }

    [Fact]
    public void Null_is_no_URL()
    {
        Assert.False(Url.TryParse(null, out _));
        Assert.Throws<ArgumentNullException>(() => Url.Parse(null!));
    }
}
