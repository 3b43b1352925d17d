namespace RequestsAsync.Cli.Tests;

public sealed class BodyFormatterTests
{
    private static readonly PrintOptions Format = new() { Format = true, Formatting = new() { JsonIndent = 2 } };

    [Theory]
    [InlineData(null, "Text")]
    [InlineData("text/plain", "Text")]
    [InlineData("application/json; charset=utf-8", "Json")]
    [InlineData("Application/Problem+JSON", "Json")]
    [InlineData("application/x-ndjson", "JsonLines")]
    [InlineData("text/event-stream", "Events")]
    [InlineData("image/svg+xml", "Xml")]
    [InlineData("application/xhtml+xml", "Html")]
    [InlineData("text/html", "Html")]
    [InlineData("application/x-www-form-urlencoded", "Form")]
    public void The_media_type_tells_what_a_body_is(string? type, string kind) => Assert.Equal(kind, BodyFormatter.KindOf(type).ToString());

    [Theory]
    [InlineData("<a><b x='>'/><c>t</c></a>", "<a>\n  <b x='>'/>\n  <c>t</c>\n</a>")]
    [InlineData("<?xml version=\"1.0\"?><!-- c --><a>\n <b>x <i>y</i> z</b>\n\n<d></d></a>", "<?xml version=\"1.0\"?>\n<!-- c -->\n<a>\n  <b>x <i>y</i> z</b>\n  <d></d>\n</a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY e \"x\">]><a><![CDATA[<b>]]></a>", "<!DOCTYPE a [<!ENTITY e \"x\">]>\n<a><![CDATA[<b>]]></a>")]
    [InlineData("<a xml:space=\"preserve\"> <b/> </a>", "<a xml:space=\"preserve\"> <b/> </a>")]
    [InlineData("<a><b></a></b>", "<a><b></a></b>")]
    [InlineData("<a/><b/>", "<a/><b/>")]
    [InlineData("<a><b>", "<a><b>")]
    [InlineData("<a>1 < 2</a>", "<a>1 < 2</a>")]
    [InlineData("<a b=\"c", "<a b=\"c")]
    [InlineData("<", "<")]
    [InlineData("", "")]
    public void Indents_xml_whose_tags_match(string text, string expected) => Assert.Equal(expected, Written("application/xml", text, Format));

    [Theory]
    [InlineData("text/html", "<!doctype html><p class=a title='b>' hidden>x<script>if (a<b) {}</script><br/>\e")]
    [InlineData("application/x-www-form-urlencoded", "a=b%20c&d&=&e=f=g")]
    [InlineData("application/xml", "<a b = \"c\" d='e'>\n<f/></a >")]
    [InlineData("text/plain", "plain \u009b")]
    public void Colours_change_nothing_else(string type, string text)
    {
        string colored = Written(type, text, new() { Colors = true });

        Assert.Equal(TerminalText.Lines(text), JsonFormatterTests.Plain(colored));
        Assert.Equal(type != "text/plain", colored.Contains("\e[", StringComparison.Ordinal));
    }

    // Each would be looked through to the end of the text.
    [Theory]
    [InlineData("<a")]
    [InlineData("<a \"")]
    [InlineData("</a '")]
    [InlineData("<!--")]
    [InlineData("<![CDATA[")]
    public void Tags_that_never_end_are_one_text(string tag) =>
        Assert.InRange(MarkupTokenizer.Tokenize(string.Concat(Enumerable.Repeat(tag, 100_001)), isHtml: true).Count, 1, 2);

    [Theory]
    [InlineData("text/plain", "{\"a\":1}", "{\n  \"a\": 1\n}")]
    [InlineData("text/plain", "\"a  sentence\"", "\"a  sentence\"")]
    [InlineData("text/plain", "[1,\e", "[1,\\x1b")]
    [InlineData("application/json", "{bad: \a}", "{bad: \\x07}")]
    public void Json_that_is_called_text_is_formatted_too(string type, string text, string expected) =>
        Assert.Equal(expected, Written(type, text, Format));

    [Theory]
    [InlineData("data: {\"a\":1}", "data: {\ndata:   \"a\": 1\ndata: }")]
    [InlineData("data:[]", "data: []")]
    [InlineData("data: 5 \e", "data: 5 \\x1b")]
    [InlineData("event: {\"a\":1}", "event: {\"a\":1}")]
    [InlineData(": ping", ": ping")]
    [InlineData("data", "data")]
    [InlineData("", "")]
    public void Events_stay_events(string line, string expected)
    {
        ShadedText output = new(Palette.None);
        new BodyFormatter(Format, "text/event-stream").WriteLine(line, output);

        Assert.Equal(expected, output.Take());
    }

    private static string Written(string type, string text, PrintOptions options)
    {
        ShadedText output = new(Palette.Of(options));
        new BodyFormatter(options, type).Write(text, output);
        return output.Take();
    }
}
