using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync.Cli.Tests;

public sealed partial class JsonFormatterTests
{
    private static readonly FormatOptions Two = new() { JsonIndent = 2 };

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("[ ]", "[]")]
    [InlineData(" 1 ", "1")]
    [InlineData("\"a\"", "\"a\"")]
    [InlineData("[1,[ ],{\"a\" :null}]", "[\n  1,\n  [],\n  {\n    \"a\": null\n  }\n]")]
    [InlineData("""{"n":123456789012345678901234567890.10E+5,"n":-0.0}""", "{\n  \"n\": 123456789012345678901234567890.10E+5,\n  \"n\": -0.0\n}")]
    [InlineData("""["\u00e9\u4e2d","\ud83d\ude80","\u0041","\"\\\/\n"]""", "[\n  \"é中\",\n  \"🚀\",\n  \"\\u0041\",\n  \"\\\"\\\\\\/\\n\"\n]")]
    [InlineData("""["\u001b","\u009b","\u202e","\ud83d","\ude80\ud83d"]""", "[\n  \"\\u001b\",\n  \"\\u009b\",\n  \"\\u202e\",\n  \"\\ud83d\",\n  \"\\ude80\\ud83d\"\n]")]
    [InlineData("[\"a\u009bb\u202ec\u007f\"]", "[\n  \"a\\u009bb\\u202ec\\u007f\"\n]")]
    [InlineData(")]}',\n{\"a\":1}", ")]}',\n{\n  \"a\": 1\n}")]
    [InlineData("while(1);[true]", "while(1);[\n  true\n]")]
    public void Indents_and_keeps_what_is_written(string text, string expected) =>
        Assert.Equal(expected, Formatted(text, new() { Format = true, Formatting = Two }));

    [Theory]
    [InlineData("")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\"}")]
    [InlineData("{1:2}")]
    [InlineData("{} {}")]
    [InlineData("[01]")]
    [InlineData("[1.]")]
    [InlineData("[1e]")]
    [InlineData("[-]")]
    [InlineData("[tru]")]
    [InlineData("[\"a")]
    [InlineData("[\"\\x\"]")]
    [InlineData("[\"\\u12g4\"]")]
    [InlineData("[\"a\nb\"]")]
    [InlineData("[")]
    public void What_is_not_json_is_left_alone(string text) => Assert.Null(Formatted(text, new() { Format = true }));

    [Theory]
    [InlineData(JsonTokenizer.MaxDepth, true)]
    [InlineData(JsonTokenizer.MaxDepth + 1, false)]
    [InlineData(1_000_000, false)]
    public void Deep_nesting_is_left_alone(int depth, bool isFormatted) =>
        Assert.Equal(isFormatted, Formatted(new string('[', depth) + "1" + new string(']', depth), new() { Format = true }) is not null);

    [Fact]
    public void Sorts_names_at_every_depth_and_keeps_those_that_come_twice_in_order()
    {
        PrintOptions options = new() { Format = true, Formatting = new() { JsonIndent = 0, JsonSortKeys = true } };

        string? sorted = Formatted("""{"b":[{"z":1,"y":{}},2],"a":1,"b":2,"a b":3,"A":[]}""", options);

        Assert.Equal("""{"A": [],"a": 1,"a b": 3,"b": [{"y": {},"z": 1},2],"b": 2}""", sorted!.ReplaceLineEndings(""));
    }

    [Fact]
    public void Colours_alone_leave_the_blanks()
    {
        string colored = Formatted("{ \"a\":\t[1, true]}", new() { Colors = true })!;

        Assert.Contains("\e[36m\"a\"\e[0m", colored, StringComparison.Ordinal);
        Assert.Equal("{ \"a\":\t[1, true]}", Plain(colored));
    }

    [Fact]
    public void Five_megabytes_take_no_more_than_seconds()
    {
        StringBuilder text = new("[");
        while (text.Length < 5_000_000) text.Append("{\"id\":12345,\"name\":\"A n\\u00e9w name\",\"tags\":[\"a\",\"b\"],\"ok\":true},");
        text.Append("null]");
        string json = text.ToString();
        Formatted("[1]", new() { Format = true, Colors = true });

        long started = Stopwatch.GetTimestamp();
        string formatted = Formatted(json, new() { Format = true, Colors = true })!;

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(JsonSerializer.Serialize(JsonElement.Parse(json)), JsonSerializer.Serialize(JsonElement.Parse(Plain(formatted))));
    }

    // Without its colours; any other control sequence stays.
    internal static string Plain(string colored) => ColorSequence().Replace(colored, "");

    [GeneratedRegex(@"\e\[[0-9;]*m", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ColorSequence();

    private static string? Formatted(string text, PrintOptions options)
    {
        ShadedText output = new(Palette.Of(options));
        return new JsonFormatter(options).TryWrite(text, output) ? output.Take() : null;
    }
}
