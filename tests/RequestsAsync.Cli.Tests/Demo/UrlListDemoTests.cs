namespace RequestsAsync.Cli.Tests;

public sealed class UrlListDemoTests(BinFixture bin)
{
    [Fact]
    public async Task Shows_a_row_for_each_url_and_goes_on_after_bad_ones()
    {
        string list = $"# mine\n\n  {bin.Url}/get  \nht tp://bad\n{bin.Url}/status/404\n:{bin.Port}/robots.txt\n";
        Ran ran = await Ran.WithInputAsync(list, "demo", "--urls", "-");

        Assert.Equal(1, ran.Code);
        Assert.Matches($@"(?m)^ +200 +\d+ +\d+  {bin.Url}/get$", ran.Text);
        Assert.Matches(@"(?m)^ +- +- +-  ht tp://bad +.*Invalid URL", ran.Text);
        Assert.Matches($@"(?m)^ +404 +0 +\d+  {bin.Url}/status/404 +Not Found$", ran.Text);
        Assert.Matches($@"(?m)^ +200 +\d+ +\d+  http://localhost:{bin.Port}/robots.txt$", ran.Text);
        Assert.Matches(@"(?m)^4 URLs, 2 succeeded, 2 failed\. All at once in .*, one after another in .*x\.$", ran.Text);
    }

    [Fact]
    public async Task Is_0_when_every_url_gave_a_good_answer_and_sends_a_long_list_only_at_once()
    {
        string list = string.Concat(Enumerable.Repeat($"{bin.Url}/get\r\n", 51));
        Ran ran = await Ran.WithInputAsync(list, "demo", "--urls", "-");

        Assert.Equal(0, ran.Code);
        Assert.Contains("the run one after another is left out", ran.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("one after another:", ran.Text, StringComparison.Ordinal);
        Assert.Contains("51 URLs, 51 succeeded, 0 failed.", ran.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_url_that_answers_too_late_is_an_error_row()
    {
        Ran ran = await Ran.WithInputAsync($"{bin.Url}/delay/9\n", "demo", "--urls", "-", "--timeout", "0.05");

        Assert.Equal(1, ran.Code);
        Assert.Contains("timed out", ran.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_list_injects_is_shown()
    {
        Ran ran = await Ran.WithInputAsync("ht tp://\e[31m\n", "demo", "--urls", "-");

        Assert.DoesNotContain('\e', ran.Text);
        Assert.Contains(@"ht tp://\x1b[31m", ran.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-file", "There is no file 'no-such-file'.")]
    [InlineData("no/such/folder", "There is no file 'no/such/folder'.")]
    [InlineData("-", "There is no URL in '-'.")]
    [InlineData(".", "'.' cannot be read")]
    public async Task A_list_that_cannot_be_read_is_an_error_in_a_line(string path, string message)
    {
        Ran ran = await Ran.WithInputAsync("# nothing\n\n", "demo", "--urls", path);

        Assert.Equal(1, ran.Code);
        Assert.StartsWith("requests: " + message, ran.Error, StringComparison.Ordinal);
        Assert.Empty(ran.Text);
    }
}
