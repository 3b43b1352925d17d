namespace RequestsAsync.Tests;

public sealed class CookieJarConcurrencyTests
{
    [Fact]
    public void Every_member_may_be_called_by_every_thread()
    {
        ManualTime time = new();
        CookieJar jar = new(new() { TimeProvider = time, MaxCookies = 200, MaxCookiesPerDomain = 10 });

        Parallel.For(0, 20_000, new() { MaxDegreeOfParallelism = 8 }, i =>
        {
            string host = $"h{i % 37}.example.com";
            switch (i % 8)
            {
                case 0: Assert.All(jar, cookie => Assert.Equal(cookie.Name, cookie.Value)); break;
                case 1: jar.Remove($"c{i % 13}", host); break;
                case 2: Assert.InRange(jar.Count, 0, 200); break;
                case 3: Assert.InRange((jar.GetCookieHeader(isSecure: true, host, "/") ?? "").Split("; ").Length, 0, 20); break;
                case 4: jar.Set($"c{i % 13}", $"c{i % 13}", ".example.com"); break;
                default: Assert.True(jar.Store(isSecure: true, host, "/", $"c{i % 13}=c{i % 13}; Max-Age=60")); break;
            }
        });

        Assert.Equal(jar.Count, jar.ToList().Count);
        Assert.All(jar.GroupBy(cookie => cookie.Domain, StringComparer.Ordinal), cookies => Assert.InRange(cookies.Count(), 1, 10));
    }

    [Fact]
    public void An_enumeration_is_of_the_moment_it_began()
    {
        CookieJar jar = new();
        jar.Set("a", "1", "example.com");
        jar.Set("b", "1", "example.com");

        foreach (Cookie cookie in jar)
        {
            jar.Remove(cookie.Name);
            jar.Set("new", "1", "example.com");
        }

        Assert.Equal("new", string.Join(' ', jar.Select(cookie => cookie.Name)));
    }
}
