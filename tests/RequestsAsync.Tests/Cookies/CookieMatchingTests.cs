namespace RequestsAsync.Tests;

public sealed class CookieMatchingTests
{
    [Theory]
    [InlineData("", "/")]
    [InlineData("relative/x", "/")]
    [InlineData("/", "/")]
    [InlineData("/x", "/")]
    [InlineData("/x/", "/x")]
    [InlineData("/x/y", "/x")]
    [InlineData("//", "/")]
    public void The_default_path_ends_before_the_last_slash(string requestPath, string expected) =>
        Assert.Equal(expected, CookiePath.Default(requestPath).ToString());

    [Theory]
    [InlineData("/a", "/a", true)]
    [InlineData("/a/b", "/a", true)]
    [InlineData("/a/b", "/a/", true)]
    [InlineData("/a", "/a/", false)]
    [InlineData("/ab", "/a", false)]
    [InlineData("/A", "/a", false)]
    [InlineData("/", "/", true)]
    public void A_path_covers_what_is_below_it(string requestPath, string cookiePath, bool expected) =>
        Assert.Equal(expected, CookiePath.Matches(requestPath, cookiePath));

    [Theory]
    [InlineData("example.com", "example.com", true)]
    [InlineData("www.example.com", "example.com", true)]
    [InlineData("www.EXAMPLE.com", "Example.com", true)]
    [InlineData("badexample.com", "example.com", false)]
    [InlineData("example.com", "www.example.com", false)]
    [InlineData("example.com", "", false)]
    [InlineData("1.2.3.4", "1.2.3.4", true)]
    [InlineData("1.2.3.4", "3.4", false)]
    [InlineData("::1.2.3.4", "4", false)]
    public void A_domain_covers_whole_labels_and_no_part_of_an_address(string host, string domain, bool expected) =>
        Assert.Equal(expected, CookieDomain.Matches(host, domain));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("1", true)]
    [InlineData("127.www.0.0.1", true)]
    [InlineData("example.com", false)]
    [InlineData("1.example.com", false)]
    [InlineData("example.c0m", false)]
    [InlineData("", false)]
    public void A_host_whose_last_label_is_a_number_is_an_address(string host, bool expected) =>
        Assert.Equal(expected, CookieDomain.IsAddress(host));

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("app.LOCALHOST", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.1.2", true)]
    [InlineData("::1", true)]
    [InlineData("notlocalhost", false)]
    [InlineData("localhost.example.com", false)]
    [InlineData("127.0.0.1.example.com", false)]
    [InlineData("128.0.0.1", false)]
    public void Loopback_is_this_machine_alone(string host, bool expected) => Assert.Equal(expected, CookieDomain.IsLoopback(host));
}
