namespace RequestsAsync.Tests;

public sealed class ProxySelectorTests
{
    private static readonly Mounts Mounted = new() { ["http://mounted.test"] = "http://mount", ["all://*.internal"] = Proxy.None };

    [Theory]
    // The request's own, a mount, the session's, the environment's.
    [InlineData("http://mounted.test/", "http://own", "http://session", "http://own")]
    [InlineData("http://mounted.test/", null, "http://session", "http://mount")]
    [InlineData("http://a.internal/", null, "http://session", "no proxy")]
    [InlineData("http://other.test/", null, "http://session", "http://session")]
    [InlineData("http://other.test/", null, null, "http://env")]
    [InlineData("https://other.test/", null, null, "socks5h://all")]
    [InlineData("http://a.internal/", null, null, "no proxy")]
    // NO_PROXY has a say in what the environment names alone.
    [InlineData("http://left.out/", null, null, "no proxy")]
    [InlineData("http://left.out/", null, "http://session", "http://session")]
    [InlineData("http://left.out/", "http://own", null, "http://own")]
    public void The_nearest_word_counts(string url, string? own, string? session, string expected)
    {
        ProxyEnvironment environment = Environment(("http_proxy", "http://env"), ("all_proxy", "socks5h://all"), ("no_proxy", "left.out"));

        Assert.Equal(expected, new ProxySelector(session, Mounted, environment).Select(Url.Parse(url), own).ToString());
    }

    [Fact]
    public void No_proxy_is_a_word_too()
    {
        ProxyEnvironment environment = Environment(("all_proxy", "http://env"));

        Assert.Same(Proxy.None, new ProxySelector("http://session", Mounted, environment).Select(Url.Parse("http://mounted.test/"), Proxy.None).Proxy);
        Assert.Same(Proxy.None, new ProxySelector(Proxy.None, mounts: null, environment).Select(Url.Parse("http://h/"), own: null).Proxy);
    }

    [Fact]
    public void Where_nothing_is_said_the_way_is_direct() =>
        Assert.Same(Proxy.None, new ProxySelector(session: null, mounts: null, environment: null).Select(Url.Parse("http://h/"), own: null).Proxy);

    [Fact]
    public void A_handler_may_be_mounted()
    {
        using MemoryHandler handler = new(_ => MemoryHandler.Ok());
        ProxySelector selector = new("http://session", new() { ["http://app.test"] = handler }, environment: null);

        Assert.Same(handler, selector.Select(Url.Parse("http://app.test/x"), own: null).Handler);
    }

    [Fact]
    public void A_proxy_of_the_environment_is_made_once()
    {
        ProxySelector selector = new(session: null, mounts: null, Environment(("all_proxy", "http://user:p@env")));

        Assert.Same(selector.Select(Url.Parse("http://a/"), own: null).Proxy, selector.Select(Url.Parse("https://b/"), own: null).Proxy);
    }

    [Theory]
    [InlineData("HTTPS_PROXY", "gopher://user:hunter2@proxy")]
    [InlineData("https_proxy", "user:hunter2@pro xy")]
    [InlineData("ALL_PROXY", "socks5://user:hunter2@proxy/path")]
    [InlineData("all_proxy", "socks5://hunter2@")]
    public void A_variable_that_names_no_proxy_fails_the_requests_that_need_it_without_its_secret(string name, string value)
    {
        ProxySelector selector = new(session: null, mounts: null, Environment((name, value), ("http_proxy", "http://env")));

        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => selector.Select(Url.Parse("https://h/"), own: null));

        Assert.StartsWith($"The environment variable {name} ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
        Assert.Equal("http://env", selector.Select(Url.Parse("http://h/"), own: null).ToString());
    }

    [Fact]
    public void The_process_has_an_environment() => Assert.NotNull(ProxyEnvironment.OfProcess());

    private static ProxyEnvironment Environment(params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal).GetValueOrDefault);
}
