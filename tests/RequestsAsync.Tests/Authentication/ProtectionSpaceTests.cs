namespace RequestsAsync.Tests;

public sealed class ProtectionSpaceTests
{
    [Theory]
    [InlineData(null, "http://h:81/", true)]
    [InlineData(null, "http://h:81", true)]
    [InlineData(null, "http://h:81/x?y", true)]
    [InlineData(null, "http://h:81?y", true)]
    [InlineData(null, "http://h:811/", false)]
    [InlineData(null, "http://h/", false)]
    [InlineData("", "http://h:81/x", true)]
    [InlineData("/a", "http://h:81/a", true)]
    [InlineData("/a", "http://h:81/a/b", true)]
    [InlineData("/a", "http://h:81/a?b", true)]
    [InlineData("/a", "http://h:81/ab", false)]
    [InlineData("/a/", "http://h:81/a", false)]
    [InlineData(" /a\t/b ", "http://h:81/b/c", true)]
    [InlineData("http://h:81/a", "http://h:81/a", true)]
    [InlineData("HTTP://H:81/a", "http://h:81/a", true)]
    [InlineData("http://h:81", "http://h:81/a", true)]
    [InlineData("http://other/a", "http://other/a", false)]
    [InlineData("http://other/a", "http://h:81/a", false)]
    [InlineData("//other/a", "http://h:81//other/a", false)]
    [InlineData("a", "http://h:81/a", false)]
    public void Space_is_the_origin_or_what_domain_lists_of_it(string? domain, string url, bool expected) =>
        Assert.Equal(expected, ProtectionSpace.Of("http://h:81/x/y?z", domain).Covers(url));
}
