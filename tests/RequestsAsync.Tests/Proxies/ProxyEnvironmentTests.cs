namespace RequestsAsync.Tests;

public sealed class ProxyEnvironmentTests
{
    [Theory]
    [InlineData("", "http", null)]
    [InlineData("HTTP_PROXY=http://p", "http", "http://p")]
    [InlineData("HTTP_PROXY=http://p", "https", null)]
    [InlineData("HTTPS_PROXY=http://p", "https", "http://p")]
    [InlineData("http_proxy=http://a HTTP_PROXY=http://b", "http", "http://a")]
    [InlineData("http_proxy= HTTP_PROXY=http://b", "http", null)]
    [InlineData("http_proxy= ALL_PROXY=http://c", "http", "http://c")]
    [InlineData("ALL_PROXY=socks5h://c", "https", "socks5h://c")]
    [InlineData("all_proxy=http://c HTTP_PROXY=http://b", "http", "http://b")]
    [InlineData("all_proxy=http://c", "ftp", "http://c")]
    [InlineData("HTTP_PROXY=p:3128", "http", "http://p:3128")]
    [InlineData("HTTP_PROXY=user:pass@p:3128", "http", "http://user:pass@p:3128")]
    [InlineData("http_proxy=http://a https_proxy=http://b", "ws", "http://a")]
    [InlineData("http_proxy=http://a https_proxy=http://b", "wss", "http://b")]
    [InlineData("all_proxy=http://c", "wss", "http://c")]
    [InlineData("HTTP_PROXY=http://p NO_PROXY=example.com", "http", null)]
    [InlineData("HTTP_PROXY=http://p no_proxy= NO_PROXY=example.com", "http", "http://p")]
    [InlineData("HTTP_PROXY=http://p NO_PROXY=example.com:81", "http", "http://p")]
    public void Proxy_is_chosen(string variables, string scheme, string? expected) => Assert.Equal(expected, Find(variables, scheme));

    [Theory]
    [InlineData("REQUEST_METHOD=GET HTTP_PROXY=http://evil", "http", null)]
    [InlineData("REQUEST_METHOD= HTTP_PROXY=http://evil", "http", null)]
    [InlineData("REQUEST_METHOD=GET HTTP_PROXY=http://evil http_proxy=http://p", "http", "http://p")]
    [InlineData("REQUEST_METHOD=GET HTTP_PROXY=http://evil ALL_PROXY=http://p", "http", "http://p")]
    [InlineData("REQUEST_METHOD=GET HTTPS_PROXY=http://p", "https", "http://p")]
    public void Under_CGI_the_variable_that_a_client_can_set_is_ignored(string variables, string scheme, string? expected) =>
        Assert.Equal(expected, Find(variables, scheme));

    [Fact]
    public void Under_CGI_on_Windows_neither_case_is_trusted()
    {
        Dictionary<string, string> variables = new(StringComparer.OrdinalIgnoreCase) { ["REQUEST_METHOD"] = "GET", ["HTTP_PROXY"] = "http://evil" };
        Assert.Null(new ProxyEnvironment(variables.GetValueOrDefault, ignoresCase: true).Find("http", "example.com", 80));
    }

    private static string? Find(string variables, string scheme)
    {
        Dictionary<string, string> table = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new ProxyEnvironment(table.GetValueOrDefault).Find(scheme, "example.com", 80)?.Url;
    }
}
