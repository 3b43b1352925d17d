using System.Text.RegularExpressions;

namespace RequestsAsync.Testing.Tests;

public sealed class UrlTemplateTests
{
    [Theory]
    [InlineData("https://api.example.com/users/7", "https://api.example.com/users/7", true)]
    [InlineData("https://api.example.com/users/7", "https://api.example.com/users/7/", false)]
    [InlineData("https://api.example.com/users/7", "https://api.example.com/users/7?page=1", true)]
    [InlineData("https://api.example.com/users/7", "https://api.example.com/Users/7", false)]
    [InlineData("https://API.example.com/users", "https://api.example.com/users", true)]
    [InlineData("https://api.example.com/users", "http://api.example.com/users", false)]
    [InlineData("https://api.example.com/users", "https://api.example.com:8443/users", false)]
    [InlineData("https://api.example.com:443/users", "https://api.example.com/users", true)]
    [InlineData("https://api.example.com:8443/users", "https://api.example.com:8443/users", true)]
    [InlineData("http://localhost:*/users", "http://localhost:5000/users", true)]
    [InlineData("https://api.example.com", "https://api.example.com/", true)]
    [InlineData("https://api.example.com", "https://api.example.com/users", false)]
    [InlineData("*://api.example.com/", "http://api.example.com/", true)]
    [InlineData("https://*.example.com/", "https://a.b.example.com/", true)]
    [InlineData("https://*.example.com/", "https://example.com/", false)]
    [InlineData("https://{tenant}.example.com/", "https://a.b.example.com/", false)]
    [InlineData("https://*/", "https://anything.test/", true)]
    [InlineData("http://[::1]:8080/", "http://[::1]:8080/", true)]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/", true)]
    [InlineData("/users/{id}", "http://anything.test:99/users/7", true)]
    [InlineData("/users/{id}", "http://anything.test/users/", false)]
    [InlineData("/users/*", "http://anything.test/users/", true)]
    [InlineData("/users/*", "http://anything.test/users/7/posts", false)]
    [InlineData("/users/**", "http://anything.test/users/7/posts", true)]
    [InlineData("/users/**", "http://anything.test/users", true)]
    [InlineData("/**/posts", "http://anything.test/users/7/posts", true)]
    [InlineData("/v{version}/*.json", "http://anything.test/v2/a.json", true)]
    [InlineData("/v{version}/*.json", "http://anything.test/v2/a.xml", false)]
    [InlineData("/a.b", "http://anything.test/axb", false)]
    [InlineData("/~ana/é", "http://anything.test/%7Eana/%C3%A9", true)]
    [InlineData("/a%20b", "http://anything.test/a%20b", true)]
    [InlineData("/search?q=a+b", "http://anything.test/search?x=1&q=a%20b", true)]
    [InlineData("/search?q=a+b", "http://anything.test/search?q=a", false)]
    [InlineData("*", "http://anything.test/what/ever?x=1", true)]
    public async Task A_pattern_is_for_these_urls(string pattern, string url, bool expected)
    {
        MockTransport mock = new();
        mock.On("GET", pattern).Reply(200);
        using HttpClient client = new(mock);
        if (expected) Assert.Equal(200, (int)(await client.GetAsync(url)).StatusCode);
        else await Assert.ThrowsAsync<UnmatchedRequestException>(() => client.GetAsync(url));
    }

    [Theory]
    [InlineData("api.example.com/users", "Perhaps you meant https://api.example.com/users or /api.example.com/users")]
    [InlineData("ftp://example.com/", "http, https and *")]
    [InlineData("https://user:secret@example.com/", "Authorization")]
    [InlineData("https:///users", "no host")]
    [InlineData("/users#top", "fragment")]
    [InlineData("/users/{id", "Regex")]
    [InlineData("/users/{}", "Regex")]
    [InlineData("/users/{1d}", "Regex")]
    [InlineData("/users/id}", "Regex")]
    public void What_is_no_pattern_is_refused_and_says_why(string pattern, string reason)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new MockTransport().On("GET", pattern));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_stand_for_decoded_parts()
    {
        MockTransport mock = new();
        mock.On("GET", "https://{tenant}.example.com/users/{id}/{file}.json").Reply(call => Reply.Text($"{call["tenant"]} {call["id"]} {call["file"]}"));
        await using Session session = new(mock);
        Assert.Equal("acme a b ü", (await session.GetAsync("https://acme.example.com/users/a%20b/%C3%BC.json")).Text);
        ArgumentException e = Assert.Throws<ArgumentException>(() => mock.Calls[0]["nobody"]);
        Assert.Contains("{nobody}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_regular_expression_sees_the_whole_url_and_names_its_groups()
    {
        MockTransport mock = new();
        mock.On("GET", new Regex(@"/items/(?<id>\d+)\?.*page=(?<page>\d+)", RegexOptions.NonBacktracking)).Reply(call => Reply.Text(call["id"] + call["page"]));
        await using Session session = new(mock);
        Assert.Equal("72", (await session.GetAsync("https://a.test/items/7?x=1&page=2")).Text);
        UnmatchedRequestException e = await Assert.ThrowsAsync<UnmatchedRequestException>(async () => await session.GetAsync("https://a.test/items/x?page=2"));
        Assert.Contains("regular expression", e.Message, StringComparison.Ordinal);
    }
}
