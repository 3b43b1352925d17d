
namespace RequestsAsync.Tests;

/// <summary>httpbin without a socket: everything that is not the network's works the same.</summary>
public sealed class InProcessBinTests : IAsyncLifetime
{
    private HttpBin? _bin;
    private Session? _session;

    private Session Session => _session!;

    public async ValueTask InitializeAsync()
    {
        _bin = await HttpBin.StartInProcessAsync();
        _session = new Session(_bin.CreateHandler(), new() { BaseAddress = _bin.Url + "/" });
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        if (_bin is not null) await _bin.DisposeAsync();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("QUERY")]
    public async Task Every_verb_arrives_with_its_query_and_its_content(string method)
    {
        RequestOptions options = new() { Query = { ["q"] = "ü &" }, Headers = { ["X-Token"] = "t" } };
        if (method != "GET") options.Json = new { key = "value" };
        var echo = (await Session.SendAsync(method, "anything", options)).EnsureSuccess().Json();

        Assert.Equal(method, echo.GetProperty("method").GetString());
        Assert.Equal("ü &", echo.GetProperty("args").GetProperty("q").GetString());
        Assert.Equal("t", echo.GetProperty("headers").GetProperty("X-Token").GetString());
        if (method != "GET") Assert.Equal("value", echo.GetProperty("json").GetProperty("key").GetString());
    }

    [Fact]
    public async Task Head_has_no_body() => Assert.Equal(0, (await Session.HeadAsync("get")).EnsureSuccess().Content.Length);

    [Fact]
    public async Task Cookies_persist_and_are_deleted()
    {
        Response set = await Session.GetAsync("cookies/set?a=1&b=2");
        Assert.Equal("1", set.Json().GetProperty("cookies").GetProperty("a").GetString());
        Assert.Equal(["a", "b"], set.History[0].Cookies.Select(cookie => cookie.Name));
        await Session.GetAsync("cookies/delete?a=");
        Assert.Equal("b", Assert.Single(Session.Cookies).Name);
        Assert.False((await Session.GetAsync("cookies")).Json().GetProperty("cookies").TryGetProperty("a", out _));
    }

    [Theory]
    [InlineData("redirect/3")]
    [InlineData("relative-redirect/3")]
    [InlineData("absolute-redirect/3")]
    public async Task Redirects_are_followed(string path)
    {
        Response response = await Session.GetAsync(path);
        Assert.Equal(3, response.History.Count);
        Assert.Equal("/get", response.Url.Path);
        Assert.Equal(200, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("brotli")]
    public async Task Codings_are_undone(string coding) => Assert.Equal("GET", (await Session.GetAsync(coding)).Json().GetProperty("method").GetString());

    [Fact]
    public async Task Many_requests_run_at_once()
    {
        Response[] responses = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Session.GetAsync($"anything/{i}")));
        Assert.Equal(
            Enumerable.Range(0, 200).Select(i => $"/anything/{i}"),
            responses.Select(response => new Uri(response.Json().GetProperty("url").GetString()!).AbsolutePath));
    }

    [Fact]
    public async Task A_blocking_verb_says_that_this_transport_cannot()
    {
        InvalidRequestException e = await Assert.ThrowsAsync<InvalidRequestException>(() => Session.SendAsync(awaited: false, "GET", "get"));
        Assert.Contains("transport does not support it", e.Message, StringComparison.Ordinal);
    }
}
