using System.Text.Json;

namespace RequestsAsync.Cli.Tests;

public sealed class CurlCommandTests(BinFixture bin) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("curl-command-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_command_in_quotes_is_sent()
    {
        JsonElement echo = Echo(await Ran.InProcessAsync("curl", $"curl -X PUT '{bin.Url}/anything?a=1' \\\n  -H 'X-One: 1' --json '{{\"b\":2}}' -u me:pw"));

        Assert.Equal("PUT", echo.GetProperty("method").GetString());
        Assert.Equal(2, echo.GetProperty("json").GetProperty("b").GetInt32());
        Assert.Equal("1", echo.GetProperty("headers").GetProperty("X-One").GetString());
        Assert.Equal("Basic bWU6cHc=", echo.GetProperty("headers").GetProperty("Authorization").GetString());
        Assert.False(echo.GetProperty("headers").TryGetProperty("Accept-Encoding", out _));
    }

    [Theory]
    [InlineData("curl")]
    [InlineData("curl", "curl")]
    public async Task Words_without_quotes_are_sent_too(params string[] command)
    {
        JsonElement echo = Echo(await Ran.InProcessAsync([.. command, "-d", "a=1", "-H", "X-One: -h --help", $"{bin.Url}/anything", "-d", "b=2"]));

        Assert.Equal("2", echo.GetProperty("form").GetProperty("b").GetString());
        Assert.Equal("-h --help", echo.GetProperty("headers").GetProperty("X-One").GetString());
    }

    [Fact]
    public async Task The_input_may_be_the_command()
    {
        Ran ran = await Ran.WithInputAsync($"# copied\n$ curl {bin.Url}/anything -d @- <<EOF\ntext\nEOF\n", "curl", "-");

        Assert.Equal("text", Echo(ran).GetProperty("form").EnumerateObject().Single().Name);
    }

    [Fact]
    public async Task The_input_may_be_the_content()
    {
        Ran ran = await Ran.WithInputAsync("from the pipe", "curl", "-T", "-", $"{bin.Url}/anything");

        Assert.Equal("from the pipe", Echo(ran).GetProperty("data").GetString());
    }

    [Fact]
    public async Task Several_commands_run_in_order()
    {
        Ran ran = await Ran.InProcessAsync("curl", $"curl {bin.Url}/status/404 -s && curl {bin.Url}/anything/never || curl -s {bin.Url}/base64/b25lCg== | jq .\ncurl {bin.Url}/base64/dHdvCg==");

        Assert.Equal((0, "one\ntwo\n"), (ran.Code, ran.Text));
        Assert.Equal("requests: 'jq' is not run: only curl commands are.\n", ran.Error);
    }

    [Theory]
    [InlineData(404, 4, "-s")]
    [InlineData(500, 5, "-s")]
    [InlineData(200, 0, "-s")]
    [InlineData(302, 3, "-s")]
    public async Task The_status_is_the_exit_code(int status, int code, string option) =>
        Assert.Equal(code, (await Ran.InProcessAsync("curl", option, $"{bin.Url}/status/{status}")).Code);

    [Fact]
    public async Task Redirects_are_followed_when_asked()
    {
        Assert.Equal(3, (await Ran.InProcessAsync("curl", $"{bin.Url}/redirect/1")).Code);
        Assert.Equal(0, (await Ran.InProcessAsync("curl", "-L", $"{bin.Url}/redirect/1")).Code);
        Assert.Equal(6, (await Ran.InProcessAsync("curl", "-L", "--max-redirs", "1", $"{bin.Url}/redirect/3")).Code);
    }

    [Fact]
    public async Task A_mistake_is_shown_in_its_place()
    {
        Ran ran = await Ran.InProcessAsync("curl", "curl --fail --frobnicate http://h/");

        Assert.Equal(64, ran.Code);
        Assert.Equal("requests: curl has no option '--frobnicate'.\n  curl --fail --frobnicate http://h/\n              ^\n", ran.Error);
        Assert.Empty(ran.Text);
    }

    [Theory]
    [InlineData("there is no curl command in what was given", "curl", "wget http://h/ -q")]
    [InlineData("there is no file 'none'", "curl", "http://h/", "-d", "@none")]
    [InlineData("is not supported", "curl", "ftp://h/")]
    public async Task What_cannot_be_done_is_told(string message, params string[] arguments)
    {
        Ran ran = await Ran.InProcessAsync(arguments);

        Assert.Equal(1, ran.Code);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_holds_for_errors_too_unless_they_are_wanted()
    {
        Assert.Equal((1, ""), await EndAsync("-s"));
        (int code, string error) = await EndAsync("-sS");
        Assert.Equal(1, code);
        Assert.Contains("refused", error, StringComparison.Ordinal);

        async Task<(int, string)> EndAsync(string option)
        {
            Ran ran = await Ran.InProcessAsync("curl", option, "http://127.0.0.1:1/");
            return (ran.Code, ran.Error);
        }
    }

    [Fact]
    public async Task Heads_and_variables_are_printed_when_asked()
    {
        Ran include = await Ran.InProcessAsync("curl", "-i", $"{bin.Url}/base64/eA==");
        Ran head = await Ran.InProcessAsync("curl", "-I", $"{bin.Url}/base64/eA==");
        Ran variables = await Ran.InProcessAsync("curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{method} %{size_download} %header{content-type} %%\\n%{stderr}told", $"{bin.Url}/base64/eA==");
        Ran verbose = await Ran.InProcessAsync("curl", "-v", "-u", "me:pw", $"{bin.Url}/base64/eA==");

        Assert.StartsWith("HTTP/1.1 200 OK\n", include.Text, StringComparison.Ordinal);
        Assert.Equal("x", include.Body);
        Assert.StartsWith("HTTP/1.1 200 OK\n", head.Text, StringComparison.Ordinal);
        Assert.Empty(head.Body);
        Assert.Matches("^200 GET 1 text/\\S+.* %\n$", variables.Text);
        Assert.Equal("told", variables.Error);
        Assert.Contains("> GET /base64/eA==", verbose.Error, StringComparison.Ordinal);
        Assert.Contains("< HTTP/1.1 200 OK", verbose.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bWU6cHc=", verbose.Error, StringComparison.Ordinal);
        Assert.Equal("x", verbose.Text);
    }

    [Fact]
    public async Task Bodies_go_to_files()
    {
        string path = Path.Combine(_folder, "sub", "a");
        Ran first = await Ran.InProcessAsync("curl", $"{bin.Url}/range/26", "-r", "0-9", "-o", path, "--create-dirs");
        Ran rest = await Ran.InProcessAsync("curl", $"{bin.Url}/range/26", "-C", "-", "-o", path);
        Ran named = await Ran.InProcessAsync("curl", "-O", "--output-dir", _folder, $"{bin.Url}/range/5");
        Ran failed = await Ran.InProcessAsync("curl", "-f", "-o", Path.Combine(_folder, "no"), $"{bin.Url}/status/404");

        Assert.Equal((0, 0, 0, 4), (first.Code, rest.Code, named.Code, failed.Code));
        Assert.Equal("abcdefghijklmnopqrstuvwxyz", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal("abcde", await File.ReadAllTextAsync(Path.Combine(_folder, "5"), TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Path.Combine(_folder, "no")));
    }

    [Fact]
    public async Task A_name_of_the_servers_choice_is_safe_and_new()
    {
        string url = $"{bin.Url}/response-headers?Content-Disposition=attachment%3B%20filename%3D%22..%2Fa.txt%22";
        Ran first = await Ran.InProcessAsync("curl", "-OJ", "--output-dir", _folder, url);
        Ran second = await Ran.InProcessAsync("curl", "-OJ", "--output-dir", _folder, url);

        Assert.Equal((0, 1), (first.Code, second.Code));
        Assert.Equal("a.txt", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder))));
        Assert.Contains("is there already", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_are_kept_in_a_file()
    {
        string jar = Path.Combine(_folder, "jar");
        await Ran.InProcessAsync("curl", "-s", "-c", jar, $"{bin.Url}/cookies/set?a=b");
        JsonElement echo = Echo(await Ran.InProcessAsync("curl", "-s", "-b", jar, $"{bin.Url}/cookies"));

        Assert.Equal("b", echo.GetProperty("cookies").GetProperty("a").GetString());
    }

    [Fact]
    public async Task Digest_and_any_scheme_answer_a_challenge()
    {
        Assert.Equal(0, (await Ran.InProcessAsync("curl", "--digest", "-u", "u:p", $"{bin.Url}/digest-auth/auth/u/p")).Code);
        Assert.Equal(0, (await Ran.InProcessAsync("curl", "--anyauth", "-u", "u:p", $"{bin.Url}/digest-auth/auth/u/p")).Code);
        Assert.Equal(0, (await Ran.InProcessAsync("curl", "--anyauth", "-u", "u:p", $"{bin.Url}/basic-auth/u/p")).Code);
        Assert.Equal(4, (await Ran.InProcessAsync("curl", "--digest", "-u", "u:no", $"{bin.Url}/digest-auth/auth/u/p")).Code);
    }

    [Theory]
    [InlineData("curl", "--print", "requests", "curl -d a=1 http://h/")]
    [InlineData("curl", "--print=requests", "curl -d a=1 http://h/")]
    [InlineData("curl", "curl -d a=1 http://h/", "--print", "requests")]
    [InlineData("--debug", "curl", "--print", "requests", "-d", "a=1", "http://h/")]
    public async Task It_is_shown_in_other_words(params string[] arguments)
    {
        Ran ran = await Ran.InProcessAsync(arguments);

        Assert.Equal((0, "requests --form http://h/ a=1\n"), (ran.Code, ran.Text));
    }

    [Theory]
    [InlineData(64, "curl", "--print", "pascal", "curl http://h/")]
    [InlineData(64, "curl")]
    [InlineData(0, "curl", "--help")]
    public async Task Its_own_arguments_are_checked(int code, params string[] arguments) => Assert.Equal(code, (await Ran.InProcessAsync(arguments)).Code);

    [Fact]
    public async Task A_terminal_gets_no_control_characters_from_an_answer()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Bad: \u001b[2J\r\nConnection: close\r\n\r\na\u001b[2Jb");
        Ran ran = await Ran.OnTerminalAsync("curl", "-i", "-w", "%header{x-bad}", server.Url);

        Assert.DoesNotContain("\u001b", ran.Text, StringComparison.Ordinal);
        Assert.Contains("\\x1b[2J", ran.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_as_a_process()
    {
        await using CommandProcess process = CommandProcess.Start("curl", $"curl -s '{bin.Url}/base64/eA=='");
        Ran ran = await process.EndAsync();

        Assert.Equal((0, "x", ""), (ran.Code, ran.Text, ran.Error));
    }

    private static JsonElement Echo(Ran ran)
    {
        Assert.True(ran.Code == 0, ran.Error);
        using JsonDocument document = JsonDocument.Parse(ran.Text);
        return document.RootElement.Clone();
    }
}
