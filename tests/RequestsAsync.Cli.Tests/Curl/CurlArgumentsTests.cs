namespace RequestsAsync.Cli.Tests;

public class CurlArgumentsTests
{
    [Theory]
    [InlineData("curl -sSL -XPOST u", "POST", true)]
    [InlineData("curl -LX PUT u", "PUT", true)]
    [InlineData("curl --location --request DELETE u", "DELETE", true)]
    [InlineData("curl --silen --location -X DELETE u", "DELETE", true)]
    [InlineData("curl -L --no-location u", null, false)]
    [InlineData("curl --request=PUT --follow u", "PUT", true)]
    [InlineData("curl -X A -X B u", "B", false)]
    public void Options_are_read_in_every_spelling(string command, string? method, bool follows)
    {
        CurlOperation operation = Scripts.Operation(command);

        Assert.Equal(method, operation.Method);
        Assert.Equal(follows, operation.FollowsRedirects);
        Assert.Equal(["u"], operation.Urls);
    }

    [Fact]
    public void After_two_dashes_everything_is_a_url() => Assert.Equal(["u", "-v"], Scripts.Operation("curl u -- -v").Urls);

    [Fact]
    public void Next_begins_anew_and_keeps_what_is_for_all()
    {
        IReadOnlyList<CurlOperation> parts = CurlScript.Parse("curl -s -H 'A: 1' u -d x --next v -: w", Scripts.Host(), isShown: false).Calls[0].Operations;

        Assert.Equal(["u", "v", "w"], parts.Select(part => Assert.Single(part.Urls)));
        Assert.Equal([1, 0, 0], parts.Select(part => part.Headers.Count));
        Assert.All(parts, part => Assert.True(part.IsSilent));
    }

    [Theory]
    [InlineData("curl --foo u", "curl has no option '--foo'.", 5)]
    [InlineData("curl -sJY", "--speed-limit needs a value.", 5)]
    [InlineData("curl -s? u", "curl has no option '-?'.", 7)]
    [InlineData("curl -X", "--request needs a value.", 5)]
    [InlineData("curl --silent=1 u", "--silent takes no value.", 5)]
    [InlineData("curl --expand-url u", "--expand-url is not supported: curl's own variables are not expanded here; the shell's are.", 5)]
    [InlineData("curl --pro u", "'--pro' may mean", 5)]
    [InlineData("curl --ntlm -u a:b u", "--ntlm is not supported: of the authentication schemes Basic, Digest and Bearer are spoken here.", 5)]
    [InlineData("curl u -m x", "--max-time: 'x' is no number of seconds.", 7)]
    [InlineData("curl u --retry -1", "--retry: '-1' is no number.", 7)]
    [InlineData("curl -s", "The curl command has no URL.", 7)]
    public void A_mistake_is_told_with_its_place(string command, string message, int position)
    {
        ShellSyntaxException e = Assert.Throws<ShellSyntaxException>(() => Scripts.Operation(command));

        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.Equal(position, e.Position);
    }

    [Fact]
    public void Words_that_the_shell_took_apart_have_places_too()
    {
        ShellSyntaxException e = Assert.Throws<ShellSyntaxException>(() => CurlScript.OfWords(["-H", "a b", "--foo"], Scripts.Host()));

        Assert.Equal(("curl -H 'a b' --foo", "              ^"), e.Excerpt);
    }

    [Theory]
    [InlineData("url = \"http://h/\"\n# a remark\n-X PUT\nheader: \"A: \\\"1\\\"\\t\"\ndata=x y\nlocation", "--url|http://h/|-X|PUT|--header|A: \"1\"\t|--data|x|--location")]
    [InlineData("--next\r\nuser-agent = 'a b'\r\n", "--next|--user-agent|'a")]
    [InlineData("\n  \n", "")]
    public void A_file_of_arguments_is_read_line_by_line(string file, string words) => Assert.Equal(words, string.Join('|', CurlConfig.Parse(file)));

    [Fact]
    public void A_file_of_arguments_may_be_the_input()
    {
        CurlOperation operation = Scripts.Operation("curl -K - v", Scripts.Host(input: "url = u\nrequest = PUT"));

        Assert.Equal(["u", "v"], operation.Urls);
        Assert.Equal("PUT", operation.Method);
    }

    [Theory]
    [InlineData("curl -m 0 u", null)]
    [InlineData("curl -m 2.5 u", 2.5)]
    public void No_seconds_are_no_limit(string command, double? seconds) => Assert.Equal(seconds, Scripts.Operation(command).MaxTime?.TotalSeconds);

    [Theory]
    [InlineData("1000", 1000)]
    [InlineData("2k", 2048)]
    [InlineData("3M", 3 << 20)]
    public void A_size_may_have_a_unit(string text, long bytes) => Assert.Equal(bytes, CurlValue.Size(text));

    [Theory]
    [InlineData("curl --post301 -L u", "a POST that is redirected by 301 becomes a GET here, as in browsers.")]
    [InlineData("curl u | jq .", "'jq' is not run: only curl commands are.")]
    [InlineData("jq . x; curl u", "'jq' is not run: only curl commands are.")]
    [InlineData("curl u", null)]
    public void A_difference_is_told(string command, string? note)
    {
        IReadOnlyList<string> notes = CurlScript.Parse(command, Scripts.Host(), isShown: false).Notes;

        Assert.Equal(note is null ? [] : [note], notes);
    }
}
