using System.CommandLine;
using System.CommandLine.Help;

namespace RequestsAsync.Cli.Tests;

public sealed class OutputOptionsTests
{
    [Theory]
    [InlineData(true, "ResponseHead, ResponseBody")]
    [InlineData(false, "ResponseBody")]
    public void Without_options_a_program_gets_the_body_alone(bool isTerminal, string parts)
    {
        PrintOptions options = Read(isTerminal);

        Assert.Equal(Enum.Parse<MessageParts>(parts), options.Last);
        Assert.Equal((MessageParts.None, isTerminal, isTerminal), (options.Intermediate, options.Colors, options.Format));
        Assert.Equal(!isTerminal, !options.IsProcessed);
    }

    [Theory]
    [InlineData("-h", "ResponseHead")]
    [InlineData("-b", "ResponseBody")]
    [InlineData("-m", "Meta")]
    [InlineData("-hm", "ResponseHead, Meta")]
    [InlineData("-v", "Request, Response")]
    [InlineData("-vv", "Request, Response, Meta")]
    [InlineData("--print=Hb", "RequestHead, ResponseBody")]
    [InlineData("-pHBhbm", "Request, Response, Meta")]
    [InlineData("-p H -p b", "ResponseBody")]
    [InlineData("--headers -q", "None")]
    public void Options_choose_the_parts(string arguments, string parts) =>
        Assert.Equal(Enum.Parse<MessageParts>(parts), Read(isTerminal: false, arguments.Split(' ')).Last);

    [Fact]
    public void No_letter_means_that_nothing_is_printed() => Assert.Equal(MessageParts.None, Read(isTerminal: true, ["-p", ""]).Last);

    [Theory]
    [InlineData("-h --all", "ResponseHead")]
    [InlineData("-v", "Request, Response")]
    [InlineData("-h", "None")]
    public void Redirects_are_printed_for_who_asks(string arguments, string parts) =>
        Assert.Equal(Enum.Parse<MessageParts>(parts), Read(isTerminal: true, arguments.Split(' ')).Intermediate);

    [Theory]
    [InlineData("all", true, true)]
    [InlineData("colors", true, false)]
    [InlineData("format", false, true)]
    [InlineData("none", false, false)]
    public void Pretty_counts_in_a_pipe_too(string value, bool colors, bool format)
    {
        PrintOptions options = Read(isTerminal: false, "--pretty=none", "--pretty", value);

        Assert.Equal((colors, format), (options.Colors, options.Format));
    }

    [Fact]
    public void Reads_the_fine_points()
    {
        PrintOptions options = Read(isTerminal: true, "--format-options", "json.indent:2,json.sort_keys:true, headers.sort:true", "--style=monokai", "-S");

        Assert.Equal(new FormatOptions { JsonIndent = 2, JsonSortKeys = true, HeadersSort = true }, options.Formatting);
        Assert.Equal(("monokai", true), (options.Style, options.Stream));
    }

    [Theory]
    [InlineData("--print=x", "--print takes the letters HBhbm, not 'x'.")]
    [InlineData("--pretty=nice", "--pretty takes all, colors, format, none, not 'nice'.")]
    [InlineData("--format-options=json.indent:99", "not 'json.indent:99'")]
    [InlineData("--format-options=color", "not 'color'")]
    public void Says_what_it_takes(string argument, string error) =>
        Assert.Contains(error, Assert.Single(Parse(new(), argument).Errors).Message, StringComparison.Ordinal);

    private static PrintOptions Read(bool isTerminal, params string[] arguments)
    {
        OutputOptions options = new();
        ParseResult parsed = Parse(options, arguments);
        Assert.Empty(parsed.Errors);
        using StandardStreams streams = new(Stream.Null, Stream.Null, static () => Stream.Null, isTerminal) { WantsColors = isTerminal };
        return options.Read(parsed, streams);
    }

    private static ParseResult Parse(OutputOptions options, params string[] arguments)
    {
        RootCommand root = new();
        root.Options.OfType<HelpOption>().Single().Aliases.Clear();
        options.AddTo(root);
        return root.Parse(arguments);
    }
}
