namespace RequestsAsync.Cli.Tests;

public sealed class UrlShorthandTests
{
    [Theory]
    [InlineData(":3000/x", "http://localhost:3000/x")]
    [InlineData(":3000", "http://localhost:3000")]
    [InlineData(":/x", "http://localhost/x")]
    [InlineData(":", "http://localhost")]
    [InlineData("://example.org/x", "https://example.org/x")]
    [InlineData("://localhost/x", "http://localhost/x")]
    [InlineData("localhost", "http://localhost")]
    [InlineData("localhost:8080/x?y=://z", "http://localhost:8080/x?y=://z")]
    [InlineData("api.localhost/x", "http://api.localhost/x")]
    [InlineData("127.0.0.1:1/", "http://127.0.0.1:1/")]
    [InlineData("127.9.9.9", "http://127.9.9.9")]
    [InlineData("[::1]:8080/", "http://[::1]:8080/")]
    [InlineData("example.org/x", "https://example.org/x")]
    [InlineData("example.org:8080", "https://example.org:8080")]
    [InlineData("localhost.example.org", "https://localhost.example.org")]
    [InlineData("localhost@example.org", "https://localhost@example.org")]
    [InlineData("http://example.org", "http://example.org")]
    [InlineData("HTTPS://example.org", "HTTPS://example.org")]
    [InlineData("ftp://example.org", "ftp://example.org")]
    [InlineData("", "https://")]
    public void Expands_what_people_type(string typed, string url) => Assert.Equal(url, UrlShorthand.Expand(typed));
}
