namespace RequestsAsync.Cli.Tests;

public sealed class ExitCodeTests(BinFixture bin)
{
    [Theory]
    [InlineData(0, "BIN/get")]
    [InlineData(0, "BIN/status/204")]
    [InlineData(3, "BIN/redirect/2")]
    [InlineData(0, "--follow", "BIN/redirect/2")]
    [InlineData(3, "BIN/status/304")]
    [InlineData(4, "BIN/status/404")]
    [InlineData(4, "DELETE", "BIN/get")]
    [InlineData(5, "BIN/status/503")]
    [InlineData(0, "--no-check-status", "BIN/status/503")]
    [InlineData(0, "--check-status", "BIN/get")]
    [InlineData(1, "-o", "no/such/folder/file", "BIN/get")]
    [InlineData(2, "BIN/delay/9", "--timeout", "0.05")]
    [InlineData(6, "-F", "BIN/redirect/21")]
    [InlineData(6, "-F", "BIN/redirect/3", "--max-redirects", "2")]
    [InlineData(7, "http://")]
    [InlineData(7, "http://a b/")]
    [InlineData(7, "ftp://example.org/")]
    [InlineData(7, "BIN/get", "X: a\nb")]
    [InlineData(7, "CONNECT", "BIN/get")]
    [InlineData(7, "(GET)")]
    [InlineData(64, "G(T", "BIN/get")]
    [InlineData(64)]
    [InlineData(64, "GET")]
    [InlineData(64, "example.org", "BIN/get")]
    [InlineData(64, "GET", "BIN/get", "more")]
    [InlineData(64, "BIN/get", "serve")]
    [InlineData(0, "BIN/get", "x==serve")]
    [InlineData(1, "BIN/get", "x=@no/such/file")]
    [InlineData(1, "BIN/get", "@no/such/file")]
    [InlineData(1, "-f", "BIN/get", "x@no/such/file")]
    [InlineData(64, "BIN/get", "x@no/such/file")]
    [InlineData(64, "BIN/get", "@/dev/null", "x=1")]
    [InlineData(64, "BIN/get", "--raw", "x", "x=1")]
    [InlineData(64, "-f", "BIN/get", "x:=[]")]
    [InlineData(64, "BIN/get", "Name;more")]
    [InlineData(64, "BIN/get", "-a", "ana")]
    [InlineData(64, "BIN/get", "-A", "ntlm", "-a", "ana:x")]
    [InlineData(64, "BIN/get", "--http-version", "4")]
    [InlineData(64, "BIN/get", "--ssl", "tls1")]
    [InlineData(64, "BIN/get", "--session", "a b")]
    [InlineData(64, "BIN/get", "--resolve", "x")]
    [InlineData(64, "BIN/get", "--max-redirects", "many")]
    [InlineData(7, "BIN/get", "--proxy", "nothing")]
    [InlineData(1, "BIN/get", "--max-headers", "1")]
    [InlineData(64, "--no-such-option", "BIN/get")]
    [InlineData(64, "BIN/get", "no separator")]
    [InlineData(64, "BIN/post", "x:={")]
    [InlineData(64, "BIN/get", "--timeout", "-1")]
    [InlineData(64, "BIN/get", "--timeout", "soon")]
    [InlineData(64, "serve", "--port", "65536")]
    [InlineData(64, "serve", "more")]
    [InlineData(64, "demo", "more")]
    [InlineData(64, "help", "nothing")]
    [InlineData(0, "--help")]
    [InlineData(0, "help")]
    [InlineData(0, "help", "demo")]
    [InlineData(0, "help", "items")]
    [InlineData(0, "help", "options")]
    [InlineData(0, "--version")]
    public async Task Tells_the_shell_how_it_went(int code, params string[] arguments)
    {
        Ran ran = await Ran.InProcessAsync(Array.ConvertAll(arguments, word => word.Replace("BIN", bin.Url, StringComparison.Ordinal)));

        Assert.Equal(code, ran.Code);
        if (code is 0 or 3 or 4 or 5) Assert.Empty(ran.Error);
        else AssertIsShort(ran.Error);
    }

    [Fact]
    public async Task Is_1_when_nobody_listens()
    {
        await using FaultyServer server = FaultyServer.StartRefusing();

        Ran ran = await Ran.InProcessAsync($":{server.Port}/");

        Assert.Equal(1, ran.Code);
        AssertIsShort(ran.Error);
        Assert.Contains("connection refused", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debug_shows_the_stack()
    {
        Ran ran = await Ran.InProcessAsync("--debug", "http://");

        Assert.Equal(7, ran.Code);
        Assert.Contains("   at ", ran.Error, StringComparison.Ordinal);
    }

    private static void AssertIsShort(string error)
    {
        Assert.StartsWith("requests: ", error, StringComparison.Ordinal);
        Assert.InRange(error.Count(static c => c == '\n'), 1, 2);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
