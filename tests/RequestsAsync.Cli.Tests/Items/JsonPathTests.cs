using System.Text;

namespace RequestsAsync.Cli.Tests;

public sealed class JsonPathTests
{
    [Theory]
    [InlineData("""{"a":"1"}""", "a=1")]
    [InlineData("""{"a":"2"}""", "a=1", "a=2")]
    [InlineData("""{"a":1,"b":[1,2.50,1e3],"c":null,"d":true}""", "a:=1", "b:=[1,2.50,1e3]", "c:=null", "d:=true")]
    [InlineData("""{"a":{"b":"1"}}""", "a[b]=1")]
    [InlineData("""{"a":{"b":{"c":"1"},"d":"2"}}""", "a[b][c]=1", "a[d]=2")]
    [InlineData("""{"a":["1","2"]}""", "a[]=1", "a[]=2")]
    [InlineData("""{"a":[1,null,3]}""", "a[0]:=1", "a[2]:=3")]
    [InlineData("""{"a":[{"x":"1"},{"x":"2"}]}""", "a[0][x]=1", "a[1][x]=2")]
    [InlineData("""{"a":[{"x":"1"},{"x":"2"}]}""", "a[][x]=1", "a[][x]=2")]
    [InlineData("""{"a":[["1","2"],["3"]]}""", "a[0][0]=1", "a[0][1]=2", "a[1][]=3")]
    [InlineData("""{"a":"2"}""", "a[b]=1", "a=2")]
    [InlineData("""{"a":{"x":1,"b":"2"}}""", "a:={\"x\":1}", "a[b]=2")]
    [InlineData("""{"a":[1,"2"]}""", "a:=[1]", "a[]=2")]
    [InlineData("""["1","2"]""", "[]=1", "[]=2")]
    [InlineData("""[{"k":"v"}]""", "[0][k]=v")]
    [InlineData("""[null,["x"]]""", "[1][]=x")]
    [InlineData("""{"":"x"}""", "=x")]
    [InlineData("""{"":[1,2]}""", ":=[1,2]")]
    [InlineData("""{"007":"x"}""", "007=x")]
    [InlineData("""{"a":{"1":"x"}}""", @"a[\1]=x")]
    [InlineData("""{"a[b]":"x"}""", @"a\[b\]=x")]
    [InlineData("""{"a":{"[":"x"}}""", @"a[\[]=x")]
    [InlineData("""{"a":{"\\1":"x"}}""", @"a[\\1]=x")]
    [InlineData("""{"a\\b":"x"}""", @"a\b=x")]
    [InlineData("""{"a\\":"x"}""", @"a\\=x")]
    [InlineData("""{"a":{"-":"x"}}""", "a[-]=x")]
    [InlineData("""{"a":{"b c":"x"}}""", "a[b c]=x")]
    [InlineData("""{"a":[null,"x"]}""", "a[+1]=x")]
    [InlineData("""{"ä":"漢\"\\\u0001"}""", "ä=漢\"\\\u0001")]
    [InlineData("""{"a":{"x":1,"x":2},"b":"\u00e9"}""", "a:={\"x\":1,\"x\":2}", "b:=\"\\u00e9\"")]
    public void Builds_a_value(string json, params string[] items) => Assert.Equal(json, Build(items));

    [Theory]
    [InlineData("a]=1", "a]\n ^")]
    [InlineData("]=1", "]\n^")]
    [InlineData("a[=1", "a[\n  ^")]
    [InlineData("a[b=1", "a[b\n   ^")]
    [InlineData("a[0=1", "a[0\n   ^")]
    [InlineData("a[]b=1", "a[]b\n   ^")]
    [InlineData("a[b]c[d]=1", "a[b]c[d]\n    ^")]
    [InlineData("a[[b]]=1", "a[[b]]\n  ^")]
    [InlineData("[a]=1", "[a]\n ^")]
    [InlineData("[=1", "[\n ^")]
    [InlineData("a[-1]=1", "a[-1]\n  ^^")]
    [InlineData("a[1000000]=1", "a[1000000]\n  ^^^^^^^")]
    [InlineData("a[99999999999999]=1", "a[99999999999999]\n  ^^^^^^^^^^^^^^")]
    public void Shows_where_a_path_is_wrong(string item, string excerpt) => AssertFault(excerpt, item);

    [Theory]
    [InlineData("a[b]\n ^^^", "a=1", "a[b]=2")]
    [InlineData("a[0]\n ^^^", "a[b]=1", "a[0]=2")]
    [InlineData("a[]\n ^^", "a[b]=1", "a[]=2")]
    [InlineData("a[b]\n ^^^", "a[]=1", "a[b]=2")]
    [InlineData("a[b][c]\n    ^^^", "a[b]:=1", "a[b][c]=2")]
    [InlineData("a[b]\n ^^^", "a:=null", "a[b]=2")]
    [InlineData("[]\n^^", "a=1", "[]=2")]
    [InlineData("a\n^", "[]=2", "a=1")]
    public void Shows_which_step_meets_a_value_of_another_type(string excerpt, params string[] items) => AssertFault(excerpt, items);

    private static void AssertFault(string excerpt, params string[] items)
    {
        CommandException error = Assert.Throws<CommandException>(() => Build(items));

        Assert.Equal(excerpt, error.Excerpt);
        Assert.Equal(ExitCode.Usage, error.Code);
        Assert.NotNull(error.Hint);
    }

    private static string Build(string[] items) => Encoding.UTF8.GetString(ItemContent.ToJson(Array.ConvertAll(items, ItemParser.Parse)));
}
