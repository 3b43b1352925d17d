namespace RequestsAsync.Tests;

public sealed class PlainRequestsTests
{
    [Fact]
    public void The_same_method_and_url_are_the_same_request()
    {
        PlainRequests plain = new();

        Request first = plain.Get("GET", "http://a.test/x?y=1");

        Assert.Same(first, plain.Get("GET", string.Concat("http://a.test/", "x?y=1")));
    }

    [Theory]
    [InlineData("GET", "http://a.test/x", "HEAD", "http://a.test/x")]
    [InlineData("GET", "http://a.test/x", "GET", "http://b.test/x")]
    [InlineData("GET", "http://a.test/abcdefghijklmnop", "GET", "http://b.test/abcdefghijklmnop")]
    public void Others_are_not(string method, string url, string otherMethod, string otherUrl)
    {
        PlainRequests plain = new();
        plain.Get(method, url);

        Request other = plain.Get(otherMethod, otherUrl);

        Assert.Equal((otherMethod, otherUrl), (other.Method, other.Url));
    }

    [Fact]
    public void A_password_is_not_kept()
    {
        PlainRequests plain = new();

        Assert.NotSame(plain.Get("GET", "http://u:p@a.test/"), plain.Get("GET", "http://u:p@a.test/"));
    }

    [Fact]
    public void However_many_there_are_each_is_itself()
    {
        PlainRequests plain = new();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 1000; i++)
                Assert.Equal($"http://a.test/{i}", plain.Get("GET", $"http://a.test/{i}").Url);
        }
    }

    [Fact]
    public async Task What_one_session_has_decided_is_nothing_to_another()
    {
        using MemoryHandler handler = new(static request => new() { Content = new StringContent(request.RequestUri!.ToString() + request.Headers.GetValues("X").Single()) });
        await using Session one = new(handler, new() { BaseAddress = "http://one.test/", Headers = { ["X"] = "1" } }, disposeHandler: false);
        await using Session other = new(handler, new() { BaseAddress = "http://other.test/", Headers = { ["X"] = "2" } }, disposeHandler: false);
        Request request = Request.Get("path");

        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("http://one.test/path1", (await one.SendAsync(request)).Text);
            Assert.Equal("http://other.test/path2", (await other.SendAsync(request)).Text);
        }
    }
}
