using System.Text.Json;

namespace RequestsAsync.Cli.Tests;

public sealed class RequestCommandTests(BinFixture bin)
{
    [Fact]
    public async Task Prints_status_line_headers_blank_line_and_body()
    {
        Ran ran = await Ran.InProcessAsync($"{bin.Url}/robots.txt");

        Assert.Equal("HTTP/1.1 200 OK", ran.Lines[0]);
        Assert.Contains(ran.Lines, static line => line.StartsWith("Content-Type: text/plain", StringComparison.Ordinal));
        Assert.StartsWith("User-agent: *", ran.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_query_and_headers()
    {
        Ran ran = await Ran.InProcessAsync($":{bin.Port}/anything?a=1", "--query", "b=x y", "--query", "b=2", "-H", "X-One: 1", "--header", "X-Two:2:3", "-H", "Accept:");
        JsonElement echo = Echo(ran);

        Assert.Equal("GET", echo.GetProperty("method").GetString());
        Assert.Equal($"http://localhost:{bin.Port}/anything?a=1&b=x+y&b=2", echo.GetProperty("url").GetString());
        Assert.Equal("1", echo.GetProperty("headers").GetProperty("X-One").GetString());
        Assert.Equal("2:3", echo.GetProperty("headers").GetProperty("X-Two").GetString());
        Assert.False(echo.GetProperty("headers").TryGetProperty("Accept", out _));
    }

    [Theory]
    [InlineData("POST", "data", "text", "-d", "text")]
    [InlineData("POST", "data", "@not-a-file", "-d", "@not-a-file")]
    [InlineData("POST", "data", "-5", "--data", "-5")]
    [InlineData("POST", "data", "", "-d", "")]
    [InlineData("POST", "json", """{"a":[1,2]}""", "--json", """{"a":[1,2]}""")]
    [InlineData("POST", "form", """{"a":"1","b":"x=y"}""", "-f", "a=1", "--form", "b=x=y")]
    [InlineData("PUT", "data", "text", "put", "-d", "text")]
    public async Task Sends_content(string method, string part, string expected, params string[] arguments)
    {
        string[] target = arguments[0].StartsWith('-') ? [$"{bin.Url}/anything", .. arguments] : [arguments[0], $"{bin.Url}/anything", .. arguments[1..]];
        JsonElement echo = Echo(await Ran.InProcessAsync(target));

        JsonElement sent = echo.GetProperty(part);
        Assert.Equal(method, echo.GetProperty("method").GetString());
        Assert.Equal(expected, sent.ValueKind == JsonValueKind.String ? sent.GetString() : JsonSerializer.Serialize(sent));
    }

    [Theory]
    [InlineData("PURGE", "PURGE /x HTTP/1.1\r\n")]
    [InlineData("m-search", "M-SEARCH /x HTTP/1.1\r\n")]
    public async Task Sends_any_method(string method, string line)
    {
        using RawServer server = new("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());

        Ran ran = await Ran.InProcessAsync(method, server.Url + "x");

        Assert.Equal(0, ran.Code);
        Assert.StartsWith(line, await server.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_gets_the_body_byte_by_byte()
    {
        byte[] body = [0, 1, 0x1b, (byte)'[', 0x9b, 0xff, (byte)'\r', (byte)'\n'];
        using RawServer server = new([.. "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n"u8, .. body]);

        Ran ran = await Ran.InProcessAsync(server.Url);

        Assert.Equal(body, ran.Output[^8..]);
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
        using RawServer server = new("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"u8.ToArray());

        Ran ran = await Ran.InProcessAsync(server.Url);

        Assert.Equal(1, ran.Code);
        Assert.Equal("half", ran.Body);
        Assert.Contains("closed", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_option_and_command()
    {
        string help = (await Ran.InProcessAsync("--help")).Text;

        foreach (string word in (string[])["requests [METHOD] URL", "--header", "--data", "--json", "--form", "--query", "--timeout", "--no-follow", "--output", "--debug", "serve", "demo", "help"])
            Assert.Contains(word, help, StringComparison.Ordinal);
        Assert.Equal(help, (await Ran.InProcessAsync("help")).Text);
        Assert.Contains("--urls", (await Ran.InProcessAsync("help", "demo")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_one_line() => Assert.Matches(@"^requests \d+\.\d+\.\d+\S*\n$", (await Ran.InProcessAsync("--version")).Text);

    private static JsonElement Echo(Ran ran)
    {
        Assert.Equal("", ran.Error);
        return JsonElement.Parse(ran.Body);
    }
}
