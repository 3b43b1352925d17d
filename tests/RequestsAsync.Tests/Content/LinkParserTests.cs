using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class LinkParserTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("</2>; rel=next", "<</2>; rel=\"next\">")]
    [InlineData("</2>; rel=\"next last\"", "<</2>; rel=\"next last\">")]
    [InlineData("</1>; rel=prev, </3>; rel=next", "<</1>; rel=\"prev\"><</3>; rel=\"next\">")]
    [InlineData("</a,b;c>; rel=\"x,y\"; title=\"p, q\"", "<</a,b;c>; rel=\"x,y\">")]
    [InlineData("</2>", "<</2>>")]
    [InlineData("</2>; rel=a; rel=b", "<</2>; rel=\"a\">")]
    [InlineData(" ,, </1> ; REL = a ,", "<</1>; rel=\"a\">")]
    [InlineData("junk \"<no>\", <yes>", "<<yes>>")]
    [InlineData("<never closed; rel=a", "")]
    [InlineData("<>; rel=self", "<<>; rel=\"self\">")]
    public void Links_are_read_and_what_is_none_passed_over(string header, string expected) =>
        Assert.Equal(expected, string.Concat(LinkParser.Parse([header]).Select(link => $"<{link}>")));

    [Fact]
    public void Several_fields_are_one_list_and_urls_are_resolved_where_they_can_be()
    {
        IReadOnlyList<Link> links = LinkParser.Parse(["<a>; rel=x", "<b>"], url => url == "a" ? "http://h/a" : null);
        Assert.Equal("http://h/a b", string.Join(' ', links.Select(link => link.Url)));
    }

    [Fact]
    public void Parameters_are_decoded()
    {
        Link link = Assert.Single(LinkParser.Parse(["<a>; rel=\"Next http://r/x\"; type=text/html; title=plain; title*=UTF-8'de'%E2%82%AC; nopush; anchor=\"#f\"; q=\"\\\"\""]));
        Assert.Equal("€", link.Title);
        Assert.Equal("text/html", link.Type);
        Assert.Equal("#f", link.Anchor);
        Assert.Equal("", link.Parameters["nopush"]);
        Assert.Equal("\"", link.Parameters["Q"]);
        Assert.True(link.HasRelation("next"));
        Assert.True(link.HasRelation("http://r/x"));
        Assert.False(link.HasRelation("last"));
    }

    [Fact]
    public void Never_throws() =>
        Prop.ForAll(FieldValues.Noise, ArbMap.Default.ArbFor<string>(), (noise, text) =>
            LinkParser.Parse([noise, text ?? "", $"<a>;{noise}"]).Count > 0).QuickCheckThrowOnFailure();
}
