namespace RequestsAsync.Tests;

public sealed class MountsTests
{
    [Fact]
    public void Proxies_urls_and_handlers_are_mounted_by_patterns()
    {
        using MemoryHandler handler = new(_ => MemoryHandler.Ok());
        Mounts mounts = new() { ["all://*.internal"] = Proxy.None, ["https://api.example.com:8443"] = "http://user:secret@proxy:3128", ["http://app.test"] = handler };

        Assert.Same(Proxy.None, Find(mounts, "https://a.internal")?.Proxy);
        Assert.Equal("http://proxy:3128", Find(mounts, "https://api.example.com:8443/x")?.ToString());
        Assert.Same(handler, Find(mounts, "http://app.test/x")?.Handler);
        Assert.Null(Find(mounts, "http://app.test/x")?.Proxy);
        Assert.Null(Find(mounts, "https://app.test/x"));
        Assert.Equal(3, mounts.Count);
        Assert.DoesNotContain("secret", string.Join(' ', mounts) + mounts, StringComparison.Ordinal);
    }

    // httpx: the port first, then the host's length, then the scheme's.
    [Fact]
    public void The_most_specific_pattern_counts_whatever_the_order()
    {
        string[] patterns =
        [
            "http://a.example.com:81", "all://example.com:81", "http://:81",
            "http://www.example.com", "all://www.example.com", "all://*.example.com", "http://example.com", "all://*",
        ];
        foreach (string[] order in (string[][])[patterns, [.. patterns.Reverse()], [.. patterns.Order(StringComparer.Ordinal)]])
        {
            Mounts mounts = [];
            foreach (string pattern in order)
                mounts[pattern] = new MemoryHandler(_ => MemoryHandler.Ok());

            Assert.Equal(patterns.Select(pattern => UrlPattern.Parse(pattern).ToString()), mounts.Select(mount => mount.Key));
            Assert.Same(mounts["all://*.example.com"], Find(mounts, "https://a.example.com"));
            Assert.Same(mounts["http://:81"], Find(mounts, "http://www.example.com:81"));
            Assert.Same(mounts["all://"], Find(mounts, "https://example.com"));
        }
    }

    [Fact]
    public void Of_patterns_that_are_alike_the_first_counts_and_setting_again_keeps_its_place()
    {
        Mounts mounts = new() { ["all://*a.test"] = "http://one", ["all://b.a.test"] = "http://two", ["all://*.a.test"] = "http://three" };
        Assert.Equal("http://two", Find(mounts, "http://b.a.test")?.ToString());

        mounts["ALL://B.a.test"] = "http://four";
        Assert.Equal(3, mounts.Count);
        Assert.Equal("http://four", Find(mounts, "http://b.a.test")?.ToString());

        mounts["all://b.a.test"] = null;
        Assert.Equal("http://three", Find(mounts, "http://b.a.test")?.ToString());
        Assert.Null(mounts["all://b.a.test"]);
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        Mounts mounts = new() { ["all://a.test"] = "http://one" };
        Mounts copy = mounts.Clone();
        mounts["all://a.test"] = null;

        Assert.Single(copy);
        Assert.Empty(mounts);
    }

    [Fact]
    public void Bad_patterns_and_proxies_are_refused()
    {
        Mounts mounts = [];
        Assert.Throws<InvalidRequestException>(() => mounts["http"] = Proxy.None);
        Assert.Throws<InvalidRequestException>(() => mounts["all://"] = "proxy:3128");
        Assert.Throws<ArgumentNullException>(() => mounts[null!] = Proxy.None);
        Assert.Throws<ArgumentNullException>(() => new Mount((Proxy)null!));
        Assert.Throws<ArgumentNullException>(() => new Mount((HttpMessageHandler)null!));
    }

    private static Mount? Find(Mounts mounts, string url) => mounts.Find(Url.Parse(url));
}
