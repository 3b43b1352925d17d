using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class UrlPatternTests
{
    [Theory]
    // Scheme.
    [InlineData("", "http://example.com", true)]
    [InlineData("all://", "wss://example.com:1", true)]
    [InlineData("ALL://*", "https://example.com", true)]
    [InlineData("http://", "http://example.com", true)]
    [InlineData("HTTP://", "https://example.com", false)]
    [InlineData("http://", "ws://example.com", false)]
    // Host.
    [InlineData("http://example.com", "http://example.com/path?query", true)]
    [InlineData("http://Example.COM/", "http://EXAMPLE.com", true)]
    [InlineData("http://example.com", "http://www.example.com", false)]
    [InlineData("http://example.com", "http://example.org", false)]
    [InlineData("all://example.com.", "http://example.com", true)]
    [InlineData("all://example.com", "http://example.com.", true)]
    [InlineData("all://bücher.example", "http://xn--bcher-kva.example", true)]
    [InlineData("all://*.example.com", "http://www.example.com", true)]
    [InlineData("all://*.example.com", "http://a.b.example.com", true)]
    [InlineData("all://*.example.com", "http://example.com", false)]
    [InlineData("all://*.example.com", "http://wwwexample.com", false)]
    [InlineData("all://*example.com", "http://example.com", true)]
    [InlineData("all://*example.com", "http://www.example.com", true)]
    [InlineData("all://*example.com", "http://wwwexample.com", false)]
    [InlineData("all://*.bücher.example", "http://www.xn--bcher-kva.example", true)]
    [InlineData("all://*.internal", "http://a.internal", true)]
    [InlineData("all://127.0.0.1", "http://127.1", true)]
    [InlineData("all://[::1]", "http://[0:0::1]", true)]
    [InlineData("all://[::1]", "http://[::2]", false)]
    // Port.
    [InlineData("all://example.com", "http://example.com:8080", true)]
    [InlineData("all://example.com:8080", "http://example.com:8080", true)]
    [InlineData("all://example.com:8080", "http://example.com", false)]
    [InlineData("http://example.com:80", "http://example.com", true)]
    [InlineData("https://example.com:443", "https://example.com:8443", false)]
    [InlineData("all://example.com:443", "https://example.com", true)]
    [InlineData("all://*:8080", "http://example.com:8080", true)]
    [InlineData("all://:8080", "http://example.com", false)]
    [InlineData("all://[::1]:81", "http://[::1]:81", true)]
    [InlineData("all://[::1]:81", "http://[::1]", false)]
    public void Urls_are_matched(string pattern, string url, bool expected) => Assert.Equal(expected, UrlPattern.Parse(pattern).Matches(Url.Parse(url)));

    [Theory]
    [InlineData("http", "Perhaps you meant http://?")]
    [InlineData("all", "Perhaps you meant all://?")]
    [InlineData("https:", "Perhaps you meant https://?")]
    [InlineData("example.com", "Perhaps you meant all://example.com?")]
    [InlineData("example.com:8080", "Perhaps you meant all://example.com:8080?")]
    [InlineData("ftp://example.com", "The scheme is none of")]
    [InlineData("*://example.com", "The scheme is none of")]
    [InlineData("://example.com", "The scheme is none of")]
    [InlineData("http://example.com/path", "more than a scheme, a host and a port")]
    [InlineData("http://example.com?query", "more than a scheme, a host and a port")]
    [InlineData("http://user:secret@example.com", "more than a scheme, a host and a port")]
    [InlineData("http://example.com:", "The port is no number")]
    [InlineData("http://example.com:65536", "The port is no number")]
    [InlineData("http://example.com:+80", "The port is no number")]
    [InlineData("http://::1", "The host is not valid")]
    [InlineData("http://[::1", "The host is not valid")]
    [InlineData("http://*.", "The host is not valid")]
    [InlineData("http://.example.com", "The host is not valid")]
    [InlineData("http://*..example.com", "The host is not valid")]
    [InlineData("http://exa mple.com", "The host is not valid")]
    [InlineData("http://256.256.256.256", "The host is not valid")]
    [InlineData("http://www.*.com", "A '*' stands at the beginning")]
    [InlineData("http://**", "A '*' stands at the beginning")]
    public void A_bad_pattern_is_told(string pattern, string told)
    {
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => UrlPattern.Parse(pattern));

        Assert.Contains(told, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "all://")]
    [InlineData("ALL://*", "all://")]
    [InlineData("HTTP://*.Example.COM.:080/", "http://*.example.com:80")]
    [InlineData("all://*[0::1]", "all://*[::1]")]
    public void Patterns_have_a_normal_form(string pattern, string normal)
    {
        Assert.Equal(normal, UrlPattern.Parse(pattern).ToString());
        Assert.Equal(UrlPattern.Parse(pattern), UrlPattern.Parse(normal));
        Assert.Equal(UrlPattern.Parse(pattern).GetHashCode(), UrlPattern.Parse(normal).GetHashCode());
    }

    [Fact]
    public void Any_text_is_a_pattern_or_an_invalid_request() =>
        Prop.ForAll(
            Fragments.Of("all", "http", "ws", "://", ":", "/", "*", "*.", ".", "example.com", "[::1]", "[", "]", "8080", "@", "?", "#", "é", "%", "xn--"),
            text =>
            {
                try
                {
                    UrlPattern parsed = UrlPattern.Parse(text);
                    return UrlPattern.Parse(parsed.ToString()).Equals(parsed);
                }
                catch (InvalidRequestException)
                {
                    return true;
                }
            }).QuickCheckThrowOnFailure();
}
