namespace RequestsAsync.Tests;

public sealed class CookieJarAllocationTests
{
    private readonly CookieJar _jar = new();

    public CookieJarAllocationTests()
    {
        for (int i = 0; i < 3000; i++) _jar.SetFromHeader($"https://host{i}.example.com/", "a=1; Path=/only/here; Max-Age=1000");
        _jar.SetFromHeader("https://www.example.org/", "b=2; Path=/");
        _jar.SetFromHeader("https://www.example.org/", "c=3; Path=/deep; Domain=example.org");
    }

    [Theory]
    [InlineData("www.example.net", "/")] // an unknown host
    [InlineData("host7.example.com", "/elsewhere")] // a known host, another path
    public void A_request_without_cookies_costs_no_byte(string host, string path) => Assert.Equal(0, AllocatedBy(host, path));

    [Fact]
    public void An_empty_jar_costs_no_byte() => Assert.Equal(0, AllocatedBy("www.example.org", "/", new()));

    [Fact]
    public void A_request_with_cookies_costs_the_header_alone()
    {
        // A string takes 22 bytes and two for each character, in multiples of eight.
        int header = 22 + (2 * "c=3; b=2".Length);

        Assert.Equal((header + 7) / 8 * 8, AllocatedBy("www.example.org", "/deep"));
    }

    private long AllocatedBy(string host, string path, CookieJar? jar = null)
    {
        const int Rounds = 100;
        jar ??= _jar;
        for (int i = 0; i < Rounds; i++) jar.GetCookieHeader(isSecure: true, host, path);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++) jar.GetCookieHeader(isSecure: true, host, path);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
