namespace RequestsAsync.Cli.Tests;

/// <summary><c>--no-OPTION</c>.</summary>
public sealed class RevertedOptionsTests(BinFixture bin)
{
    [Theory]
    [InlineData("200", "--follow")]
    [InlineData("302", "--follow", "--no-follow")]
    [InlineData("302", "-vF", "--no-follow", "--no-verbose")]
    [InlineData("200", "--no-follow", "--follow")]
    [InlineData("200", "-F", "--max-redirects=0", "--no-max-redirects")]
    [InlineData("200", "-F", "--max-redirects", "0", "--no-max-redirects", "--raw", "", "--no-raw")]
    public async Task Takes_back_what_stands_before_it(string status, params string[] words)
    {
        Ran ran = await Ran.InProcessAsync([.. words, "-h", "--no-check-status", "GET", $"{bin.Url}/redirect/1"]);

        Assert.Equal("", ran.Error);
        Assert.StartsWith($"HTTP/1.1 {status} ", ran.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_back_what_the_configuration_says()
    {
        using TemporaryFolder folder = new();
        folder.Write("config.json", """{"default_options": ["--form", "--raw=--x", "--no-check-status"]}""");
        Dictionary<string, string> environment = new() { ["REQUESTS_CONFIG_DIR"] = folder.Path };
        await using CommandProcess json = CommandProcess.StartWith(environment, "--no-form", "--no-raw", "--offline", ":1/", "a=1");
        await using CommandProcess raw = CommandProcess.StartWith(environment, "--no-form", "--offline", ":1/");
        await using CommandProcess failed = CommandProcess.StartWith(environment, "--check-status", $"{bin.Url}/status/404");

        Assert.EndsWith("\r\n\r\n{\"a\":\"1\"}", (await json.EndAsync()).Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n--x", (await raw.EndAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(4, (await failed.EndAsync()).Code);
    }

    [Fact]
    public async Task The_value_of_an_option_takes_nothing_back()
    {
        Ran ran = await Ran.InProcessAsync("--offline", "-v", "--raw", "--no-verbose", ":1/");

        Assert.EndsWith("\n\n--no-verbose", ran.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_what_is_no_option_nothing_can_be_taken_back()
    {
        Ran ran = await Ran.InProcessAsync("--no-nonsense", ":1/");

        Assert.Equal(64, ran.Code);
        Assert.Contains("There is no option '--no-nonsense'", ran.Error, StringComparison.Ordinal);
    }
}
