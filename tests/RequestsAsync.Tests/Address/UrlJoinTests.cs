namespace RequestsAsync.Tests;

public sealed class UrlJoinTests
{
    private static readonly Url Base = Url.Parse("http://user:pw@a:81/b/c/d;p?q#old");

    // RFC 3986 §5.4, the authority with user information and a port
    [Theory]
    [InlineData("g", "/b/c/g")]
    [InlineData("./g", "/b/c/g")]
    [InlineData("g/", "/b/c/g/")]
    [InlineData("/g", "/g")]
    [InlineData("?y", "/b/c/d;p?y")]
    [InlineData("g?y", "/b/c/g?y")]
    [InlineData("#s", "/b/c/d;p?q#s")]
    [InlineData("g#s", "/b/c/g#s")]
    [InlineData(";x", "/b/c/;x")]
    [InlineData("", "/b/c/d;p?q")]
    [InlineData(".", "/b/c/")]
    [InlineData("..", "/b/")]
    [InlineData("../g", "/b/g")]
    [InlineData("../..", "/")]
    [InlineData("../../../g", "/g")]
    [InlineData("/./g", "/g")]
    [InlineData("g.", "/b/c/g.")]
    [InlineData("g;x=1/../y", "/b/c/y")]
    [InlineData("g?y/../x", "/b/c/g?y/../x")]
    [InlineData("http:g", "/b/c/g")]
    [InlineData("\\g", "/g")]
    [InlineData(":g", "/b/c/:g")]
    public void Relative_reference_keeps_the_authority(string reference, string result) =>
        Assert.Equal("http://user:pw@a:81" + result, Base.Join(reference).Href);

    [Theory]
    [InlineData("//g", "http://g/")]
    [InlineData("\\/g:80/h", "http://g/h")]
    [InlineData("https:g", "https://g/")]
    [InlineData("https://g/h?i#j", "https://g/h?i#j")]
    [InlineData("http://g", "http://g/")]
    public void Reference_with_an_authority_replaces_all(string reference, string result) => Assert.Equal(result, Base.Join(reference).Href);

    [Theory]
    [InlineData("mailto:a@b", "scheme 'mailto'")]
    [InlineData("http://", "No host")]
    [InlineData("//", "No host")]
    [InlineData("//[", "IPv6")]
    public void What_cannot_be_joined_is_refused(string reference, string reason)
    {
        Assert.Contains(reason, Assert.Throws<InvalidRequestException>(() => Base.Join(reference)).Message, StringComparison.Ordinal);
        Assert.False(Base.TryJoin(reference, out _));
    }
}
