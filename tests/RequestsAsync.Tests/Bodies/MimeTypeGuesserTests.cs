namespace RequestsAsync.Tests;

public sealed class MimeTypeGuesserTests
{
    [Theory]
    [InlineData("a.png", "image/png")]
    [InlineData("A.JPEG", "image/jpeg")]
    [InlineData("dir/archive.tar.gz", "application/gzip")]
    [InlineData("a.json", "application/json")]
    [InlineData("a.geojson", "application/geo+json")]
    [InlineData("a", "application/octet-stream")]
    [InlineData("a.", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    [InlineData("dir.png/a", "application/octet-stream")]
    [InlineData("a.averyveryverylongextension", "application/octet-stream")]
    public void The_extension_tells_the_type(string name, string expected) => Assert.Equal(expected, MimeTypeGuesser.Guess(name));

    [Fact]
    public void No_name_tells_nothing() => Assert.Equal(MimeTypeGuesser.Unknown, MimeTypeGuesser.Guess(null));
}
