using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("text/html", "text/html", null)]
    [InlineData(" Text/HTML ; Charset=UTF-8", "text/html", "UTF-8")]
    [InlineData("text/html;charset=\"utf-8\"", "text/html", "utf-8")]
    [InlineData("text/html;charset=\"utf-8", "text/html", "utf-8")]
    [InlineData("text/html;charset=\"a\\\"b\"junk;x=y", "text/html", "a\"b")]
    [InlineData("text/html;charset=a;charset=b", "text/html", "a")]
    [InlineData("text/html;;broken;=;x=;charset=a", "text/html", "a")]
    [InlineData("text/html;charset =a", "text/html", null)]
    [InlineData("text/html;x=\";charset=a\";charset=b", "text/html", "b")]
    public void One_type_is_read_and_what_is_wrong_passed_over(string header, string essence, string? charset)
    {
        MediaType? parsed = MediaType.Parse(header);
        Assert.Equal((essence, charset), (parsed?.Essence, parsed?.Charset));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("/html")]
    [InlineData("text/")]
    [InlineData("te xt/html")]
    [InlineData("text/ht ml")]
    [InlineData("text/html,")]
    public void What_is_no_type_is_none(string header) => Assert.Null(MediaType.Parse(header));

    [Theory]
    [InlineData("text/html;charset=a, text/html", "text/html", "a")]
    [InlineData("text/html;charset=a, text/html;charset=b", "text/html", "b")]
    [InlineData("text/html;charset=a, text/html;charset=b, text/html", "text/html", "a")]
    [InlineData("text/html;charset=a, text/plain", "text/plain", null)]
    [InlineData("text/html;charset=a, text/plain, text/html", "text/html", null)]
    [InlineData("text/html, */*;charset=a, nonsense", "text/html", null)]
    [InlineData("text/html;x=\",text/plain\"", "text/html", null)]
    [InlineData(",, text/html ,", "text/html", null)]
    public void Of_several_values_the_last_valid_one_counts(string header, string essence, string? charset)
    {
        MediaType? found = MediaType.Extract(header);
        Assert.Equal((essence, charset), (found?.Essence, found?.Charset));
    }

    [Fact]
    public void No_header_is_no_type() => Assert.Null(MediaType.Extract(null));

    [Theory]
    [InlineData("TEXT/HTML", true, false)]
    [InlineData("application/xhtml+xml", true, true)]
    [InlineData("image/svg+xml", false, true)]
    [InlineData("application/json", false, false)]
    public void Markup_is_told_by_its_type(string header, bool isHtml, bool isXml)
    {
        MediaType type = MediaType.Parse(header)!;
        Assert.Equal((isHtml, isXml), (type.IsHtml, type.IsXml));
    }

    [Fact]
    public void Never_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), FieldValues.Noise, (text, noise) =>
        {
            MediaType.Extract(text);
            MediaType.Extract($"text/html;{noise}");
            return MediaType.Parse($"a/b;{noise}") is { Essence: "a/b" } || noise.Contains(',', StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
}
