namespace RequestsAsync.Cli.Tests;

public sealed class ItemParserTests
{
    [Theory]
    [InlineData("Name:Value", nameof(ItemKind.Header), "Name", "Value")]
    [InlineData("Name:", nameof(ItemKind.Header), "Name", "")]
    [InlineData("Name: a:b=c", nameof(ItemKind.Header), "Name", " a:b=c")]
    [InlineData("Name;", nameof(ItemKind.EmptyHeader), "Name", "")]
    [InlineData("Name:@file", nameof(ItemKind.HeaderFromFile), "Name", "file")]
    [InlineData("q==a b", nameof(ItemKind.Query), "q", "a b")]
    [InlineData("q==", nameof(ItemKind.Query), "q", "")]
    [InlineData("q===x", nameof(ItemKind.Query), "q", "=x")]
    [InlineData("q==@file", nameof(ItemKind.QueryFromFile), "q", "file")]
    [InlineData("f=v", nameof(ItemKind.Field), "f", "v")]
    [InlineData("f=", nameof(ItemKind.Field), "f", "")]
    [InlineData("=v", nameof(ItemKind.Field), "", "v")]
    [InlineData("f=a:=b@c;d", nameof(ItemKind.Field), "f", "a:=b@c;d")]
    [InlineData("f=@file", nameof(ItemKind.FieldFromFile), "f", "file")]
    [InlineData("f:=1", nameof(ItemKind.Json), "f", "1")]
    [InlineData("f:=@file", nameof(ItemKind.JsonFromFile), "f", "file")]
    [InlineData("f:={\"a\":\"b=c\"}", nameof(ItemKind.Json), "f", "{\"a\":\"b=c\"}")]
    [InlineData("f@path;type=a/b", nameof(ItemKind.Upload), "f", "path;type=a/b")]
    [InlineData("@path", nameof(ItemKind.Upload), "", "path")]
    [InlineData("a[b][]=1", nameof(ItemKind.Field), "a[b][]", "1")]
    [InlineData(@"a\=b=c", nameof(ItemKind.Field), "a=b", "c")]
    [InlineData(@"a\:=b", nameof(ItemKind.Field), "a:", "b")]
    [InlineData(@"a:\=b", nameof(ItemKind.Header), "a", "=b")]
    [InlineData(@"a=\=b", nameof(ItemKind.Field), "a", "=b")]
    [InlineData(@"a=\@b", nameof(ItemKind.Field), "a", "@b")]
    [InlineData(@"a\@b@c", nameof(ItemKind.Upload), "a@b", "c")]
    [InlineData(@"a\;b=c", nameof(ItemKind.Field), "a;b", "c")]
    [InlineData(@"a\b=c:\d", nameof(ItemKind.Field), @"a\b", @"c:\d")]
    [InlineData(@"a\\=b", nameof(ItemKind.Field), @"a\\", "b")]
    [InlineData(@"a\[b=\]", nameof(ItemKind.Field), @"a\[b", @"\]")]
    [InlineData(@"path=c:\", nameof(ItemKind.Field), "path", @"c:\")]
    [InlineData("ä=漢👩", nameof(ItemKind.Field), "ä", "漢👩")]
    public void Takes_an_item_apart(string text, string kind, string name, string value)
    {
        RequestItem item = ItemParser.Parse(text);

        Assert.Equal((kind, name, value, text), (item.Kind.ToString(), item.Name, item.Value, item.Source));
    }

    [Theory]
    [InlineData("")]
    [InlineData("word")]
    [InlineData(@"a\=b")]
    [InlineData(@"a\:\=\@\;")]
    [InlineData(@"\")]
    public void Refuses_what_has_no_separator(string text)
    {
        CommandException error = Assert.Throws<CommandException>(() => ItemParser.Parse(text));

        Assert.Equal(ExitCode.Usage, error.Code);
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("path", "path", null, null)]
    [InlineData("path;type=text/x", "path", "text/x", null)]
    [InlineData("path;filename=b.txt", "path", null, "b.txt")]
    [InlineData("p;type=text/x; charset=a;filename=b;c", "p", "text/x; charset=a", "b;c")]
    [InlineData("p;filename=b;type=text/x", "p", "text/x", "b")]
    [InlineData("a;b;types=c", "a;b;types=c", null, null)]
    [InlineData("p;filename=", "p", null, "")]
    public void Takes_the_value_of_a_file_apart(string value, string path, string? type, string? fileName) =>
        Assert.Equal(new UploadValue(path, type, fileName), UploadValue.Parse(value));
}
