using System.Text.Json;

namespace RequestsAsync.Cli.Tests;

public sealed class RequestCommandTests(BinFixture bin)
{
    [Fact]
    public async Task Prints_status_line_headers_blank_line_and_body()
    {
        Ran ran = await Ran.InProcessAsync("-h", "-b", $"{bin.Url}/robots.txt");

        Assert.Equal("HTTP/1.1 200 OK", ran.Lines[0]);
        Assert.Contains(ran.Lines, static line => line.StartsWith("Content-Type: text/plain", StringComparison.Ordinal));
        Assert.StartsWith("User-agent: *", ran.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-b", false, false)]
    [InlineData("-m", false, true)]
    [InlineData("-v", true, false)]
    [InlineData("-vv", true, true)]
    [InlineData("-pHBhbm", true, true)]
    [InlineData("-q", false, false)]
    public async Task A_body_goes_to_a_file_whatever_else_is_printed(string print, bool hasHead, bool hasTimes)
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "body");
        Ran ran = await Ran.InProcessAsync(print, "-o", file, $"{bin.Url}/robots.txt");
        string body = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.StartsWith("User-agent: *", body, StringComparison.Ordinal);
        Assert.DoesNotContain("User-agent: *", ran.Text, StringComparison.Ordinal);
        Assert.Equal(hasHead, ran.Text.Contains("HTTP/1.1 200 OK", StringComparison.Ordinal));
        Assert.Equal(hasTimes, ran.Text.Contains($"Body: {body.Length} bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_whose_body_is_too_long_to_be_kept_is_printed_without_it()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Write(request => request.Head.StartsWith("GET /there ", StringComparison.Ordinal)
            ? "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\narrived"
            : $"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n{new string('x', 100_000)}"));
        Ran ran = await Ran.InProcessAsync("-v", "-F", server.Url);

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains("HTTP/1.1 302 Found", ran.Text, StringComparison.Ordinal);
        Assert.Contains("arrived", ran.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_query_and_headers()
    {
        Ran ran = await Ran.InProcessAsync("-p", "b", $":{bin.Port}/anything?a=1", "b==x y", "b==2", "X-One:1", "X-Two: 2:3 ", "Accept:", "X-Empty;");
        JsonElement echo = JsonElement.Parse(ran.Text);

        Assert.Equal("GET", echo.GetProperty("method").GetString());
        Assert.Equal($"http://localhost:{bin.Port}/anything?a=1&b=x+y&b=2", echo.GetProperty("url").GetString());
        Assert.Equal("1", echo.GetProperty("headers").GetProperty("X-One").GetString());
        Assert.Equal("2:3", echo.GetProperty("headers").GetProperty("X-Two").GetString());
        Assert.Equal("", echo.GetProperty("headers").GetProperty("X-Empty").GetString());
        Assert.False(echo.GetProperty("headers").TryGetProperty("Accept", out _));
    }

    [Theory]
    [InlineData("POST", "data", "text", "URL", "--raw", "text")]
    [InlineData("POST", "data", "@not-a-file", "URL", "--raw", "@not-a-file")]
    [InlineData("POST", "data", "-5", "URL", "--raw", "-5")]
    [InlineData("POST", "json", """{"a":[1,2],"b":{"c":"d"}}""", "URL", "a:=[1,2]", "b[c]=d")]
    [InlineData("POST", "form", """{"a":"1","b":"x=y","c":"true"}""", "-f", "URL", "a=1", "b=x=y", "c:=true")]
    [InlineData("POST", "form", """{"a":"1"}""", "URL", "--multipart", "a=1")]
    [InlineData("POST", "json", """{"a":"1"}""", "-f", "--json", "URL", "a=1")]
    [InlineData("PUT", "json", """{"-a":"1"}""", "put", "--", "URL", "-a=1")]
    [InlineData("DELETE", "data", "", "DELETE", "URL")]
    public async Task Sends_content(string method, string part, string expected, params string[] arguments)
    {
        JsonElement echo = await EchoAsync(arguments);

        JsonElement sent = echo.GetProperty(part);
        Assert.Equal(method, echo.GetProperty("method").GetString());
        Assert.Equal(expected, sent.ValueKind == JsonValueKind.String ? sent.GetString() : JsonSerializer.Serialize(sent));
    }

    [Theory]
    [InlineData("POST", "typed", "URL")]
    [InlineData("PUT", "typed", "PUT", "URL")]
    [InlineData("GET", "typed", "GET", "URL")]
    [InlineData("GET", "", "-I", "URL")]
    [InlineData("POST", "raw", "--raw=raw", "URL")]
    public async Task The_input_is_the_body_where_nothing_else_gives_one(string method, string data, params string[] arguments)
    {
        Ran ran = await Ran.WithInputAsync("typed", [.. arguments.Select(word => word.Replace("URL", $"{bin.Url}/anything", StringComparison.Ordinal))]);
        JsonElement echo = JsonElement.Parse(ran.Text);

        Assert.Equal((method, data), (echo.GetProperty("method").GetString(), echo.GetProperty("data").GetString()));
    }

    [Theory]
    [InlineData("Basic YW5hOnNlOmNyZXQ=", "-a", "ana:se:cret", "URL")]
    [InlineData("Basic YW5hOg==", "--auth", "ana:", "URL")]
    [InlineData("Bearer token", "-A", "bearer", "-a", "token", "URL")]
    public async Task Sends_credentials(string field, params string[] arguments)
    {
        JsonElement echo = await EchoAsync(arguments);

        Assert.Equal(field, echo.GetProperty("headers").GetProperty("Authorization").GetString());
    }

    [Fact]
    public async Task Answers_a_digest_challenge()
    {
        Ran ran = await Ran.InProcessAsync("-A", "digest", "-a", "ana:secret", $"{bin.Url}/digest-auth/auth/ana/secret");

        Assert.Equal(0, ran.Code);
    }

    [Theory]
    [InlineData("POST", "URL", "--offline", "--raw", "x")]
    [InlineData("GET", "--offline", "URL")]
    [InlineData("PUT", "--offline", "PUT", "URL", "a=b")]
    public async Task Offline_prints_and_sends_nothing(string method, params string[] arguments)
    {
        Ran ran = await Ran.InProcessAsync([.. arguments.Select(static word => word.Replace("URL", "http://127.0.0.1:1/x", StringComparison.Ordinal))]);

        Assert.Equal(0, ran.Code);
        Assert.StartsWith($"{method} /x HTTP/1.1\r\nHost: 127.0.0.1:1\r\n", ran.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_every_hop_of_a_redirect_as_it_was_sent()
    {
        Ran ran = await Ran.InProcessAsync("-F", "--all", "-p", "Hh", $"{bin.Url}/redirect/1", "X-A:b");

        string[] lines = [.. ran.Lines.Where(static line => line.StartsWith("GET ", StringComparison.Ordinal) || line.StartsWith("HTTP/", StringComparison.Ordinal))];
        Assert.Equal(["GET /redirect/1 HTTP/1.1", "HTTP/1.1 302 Found", "GET /get HTTP/1.1", "HTTP/1.1 200 OK"], lines);
        Assert.Equal(2, ran.Lines.Count(static line => line == "X-A: b"));
    }

    [Theory]
    [InlineData("PURGE", "PURGE /x HTTP/1.1\r\n")]
    [InlineData("m-search", "M-SEARCH /x HTTP/1.1\r\n")]
    public async Task Sends_any_method(string method, string line)
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 204 No Content\r\n\r\n");

        Ran ran = await Ran.InProcessAsync(method, server.Url + "/x");

        Assert.Equal(0, ran.Code);
        Assert.StartsWith(line, Assert.Single(server.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_gets_the_body_byte_by_byte()
    {
        byte[] body = [0, 1, 0x1b, (byte)'[', 0x9b, 0xff, (byte)'\r', (byte)'\n'];
        await using FaultyServer server = FaultyServer.Start([.. "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n"u8, .. body]);

        Ran ran = await Ran.InProcessAsync(server.Url);

        Assert.Equal(body, ran.Output);
    }

    [Fact]
    public async Task A_terminal_gets_a_notice_instead_of_binary_data()
    {
        Ran ran = await Ran.OnTerminalAsync($"{bin.Url}/image/png");

        Assert.Equal(0, ran.Code);
        Assert.Matches(@"^\[\d+ bytes of binary data .*-o FILE", ran.Body);
    }

    [Fact]
    public async Task A_file_gets_the_body_and_the_output_the_rest()
    {
        string file = Path.GetTempFileName();
        try
        {
            Ran ran = await Ran.InProcessAsync($"{bin.Url}/image/png", "-o", file);
            byte[] written = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

            Assert.Equal("PNG"u8, written.AsSpan(1, 3));
            Assert.Contains($"\nContent-Length: {written.Length}\n", ran.Text, StringComparison.Ordinal);
            Assert.Empty(ran.Body);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_failure_of_the_body_is_told_after_the_part_that_came()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");

        Ran ran = await Ran.InProcessAsync(server.Url);

        Assert.Equal(1, ran.Code);
        Assert.Equal("half", ran.Text);
        Assert.Contains("closed", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_fits_a_screen_and_names_every_option()
    {
        string help = (await Ran.InProcessAsync("--help")).Text;
        string options = (await Ran.InProcessAsync("help", "options")).Text;

        Assert.InRange(help.Count(static c => c == '\n'), 18, 23);
        Assert.All(help.Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
        Assert.All((await Ran.InProcessAsync("help", "items")).Lines, static line => Assert.InRange(line.Length, 0, 80));
        foreach (string word in (string[])["requests [METHOD] URL", "--json", "--form", "--offline", "--session", "--timeout", "--follow", "--output", "--debug", "serve", "demo", "help"])
            Assert.Contains(word, help, StringComparison.Ordinal);
        foreach (string word in (string[])["requests [METHOD] URL [ITEM…]", "--ignore-netrc", "--max-headers", "--style", "--cert-key-pass"])
            Assert.Contains(word, options, StringComparison.Ordinal);
        Assert.Equal(help, (await Ran.InProcessAsync("help")).Text);
        Assert.Contains("--urls", (await Ran.InProcessAsync("help", "demo")).Text, StringComparison.Ordinal);
        Assert.Contains("name:=@FILE", (await Ran.InProcessAsync("help", "items")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_one_line() => Assert.Matches(@"^requests \d+\.\d+\.\d+\S*\n$", (await Ran.InProcessAsync("--version")).Text);

    private async Task<JsonElement> EchoAsync(string[] arguments)
    {
        Ran ran = await Ran.InProcessAsync(["-p", "b", .. arguments.Select(word => word.Replace("URL", $"{bin.Url}/anything", StringComparison.Ordinal))]);
        Assert.Equal("", ran.Error);
        return JsonElement.Parse(ran.Text);
    }
}
