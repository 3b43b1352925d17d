using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace RequestsAsync.Cli.Tests;

/// <summary>Who knows HTTPie finds every option of it here, or the reason why not in the manual.</summary>
public sealed partial class HttpieOptionsTests
{
    private const string Http = "/usr/bin/http";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_option_is_there_or_has_a_reason()
    {
        Assert.SkipUnless(File.Exists(Http), "There is no HTTPie here.");
        using Process process = Process.Start(new ProcessStartInfo(Http, ["--help"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        string theirs = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        string own = (await Ran.InProcessAsync("help", "options")).Text;
        string manual = await File.ReadAllTextAsync(Path.Combine(PackedTool.Repository(), "docs", "cli.md"), Token);
        string differences = manual[manual.IndexOf("## What differs from HTTPie", StringComparison.Ordinal)..];

        string[] lines = [.. OptionLine().Matches(theirs).Select(static match => match.Value)];
        Assert.InRange(lines.Length, 40, 80);
        string[] names = [.. lines.SelectMany(static line => OptionName().Matches(line).Select(static match => match.Value)).Distinct(StringComparer.Ordinal)];
        Assert.All(names, name => Assert.True(Has(own, name) || differences.Contains($"`{name}`", StringComparison.Ordinal), $"{name} is missing."));
    }

    [Theory]
    [InlineData("caf\u00e9", "--response-charset=utf8")]
    [InlineData("caf\u00c3\u00a9", "--no-response-charset")]
    [InlineData("\u8c93", "--response-charset=big5", 0xbf, 0xdf)]
    public async Task The_encoding_of_the_answer_can_be_told(string expected, string option, params int[] body)
    {
        byte[] bytes = body.Length == 0 ? Encoding.UTF8.GetBytes("caf\u00e9") : Array.ConvertAll(body, static one => (byte)one);
        await using FaultyServer server = FaultyServer.Start((byte[])[.. "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=latin1\r\nConnection: close\r\n\r\n"u8, .. bytes]);
        Ran ran = await Ran.OnTerminalAsync("-b", option, server.Url);

        Assert.Equal(expected + "\n", ran.Text);
    }

    [Fact]
    public async Task The_type_of_the_answer_can_be_told()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 15\r\n\r\n<a><b>1</b></a>"u8.ToArray());
        Ran ran = await Ran.OnTerminalAsync("-b", "--response-mime", "application/xml", "--format-options", "xml.indent:4", server.Url);

        Assert.Contains("<a>\n    <b>", ran.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sorted", "X-A", "X-B")]
    [InlineData("--unsorted", "X-B", "X-A")]
    [InlineData("--sorted --unsorted", "X-B", "X-A")]
    [InlineData("--unsorted --sorted", "X-A", "X-B")]
    [InlineData("--sorted --format-options=json.indent:2 --format-options=headers.sort:false", "X-B", "X-A")]
    public async Task Fields_are_sorted_on_demand(string options, string first, string second)
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 204 No Content\r\nX-B: 1\r\nX-A: 2\r\n\r\n"u8.ToArray());
        string text = (await Ran.OnTerminalAsync([.. options.Split(' '), "-h", server.Url])).Text;

        Assert.True(text.IndexOf(first, StringComparison.Ordinal) < text.IndexOf(second, StringComparison.Ordinal), text);
    }

    [Theory]
    [InlineData("--response-charset=klingon", "takes the name of an encoding")]
    [InlineData("--ciphers=ALL", "takes names of single cipher suites")]
    [InlineData("--path-as-is", "'.' and '..' in a path are always resolved")]
    public async Task What_cannot_be_done_is_told(string option, string error)
    {
        Ran ran = await Ran.InProcessAsync(option, ":1/a/../b");

        Assert.Equal(64, ran.Code);
        Assert.Contains(error, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_else_is_refused_because_of_a_path()
    {
        Ran ran = await Ran.InProcessAsync("--path-as-is", "--offline", "--ssl=ssl2.3", "-s", "monokai", "--traceback", ":1/a/b");

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.StartsWith("GET /a/b HTTP/1.1\r\n", ran.Text, StringComparison.Ordinal);
    }

    private static bool Has(string help, string name) => Regex.IsMatch(help, $@"(?m)^  .*(?<![\w-]){Regex.Escape(name)}(?![\w-])", RegexOptions.None, TimeSpan.FromSeconds(10));

    [GeneratedRegex(@"(?m)^  -.*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OptionLine();

    [GeneratedRegex(@"(?<![\w-])--?[a-zA-Z][\w-]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OptionName();
}
