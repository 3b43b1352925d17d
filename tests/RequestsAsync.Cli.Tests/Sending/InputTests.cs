namespace RequestsAsync.Cli.Tests;

/// <summary>The input as the body, with real processes.</summary>
public sealed class InputTests
{
    [Theory]
    [InlineData("GET / ", "", "requests URL </dev/null")]
    [InlineData("GET / ", "", "requests URL <&-")]
    [InlineData("POST / ", "", "requests POST URL <&-")]
    [InlineData("GET / ", "", "true | requests URL")]
    [InlineData("POST / ", "", "requests POST URL </dev/null")]
    [InlineData("POST / ", "text", "printf text | requests URL")]
    [InlineData("PUT / ", "text", "(sleep 1; printf text) | requests PUT URL")]
    [InlineData("POST / ", "text", "(printf te; sleep 0.6; printf xt) | requests URL")]
    [InlineData("POST / ", "text", "printf text >FILE; requests URL <FILE")]
    [InlineData("GET / ", "", ": >FILE; requests URL <FILE")]
    [InlineData("POST / ", "xt", "printf text >FILE; (head -c 2 >/dev/null; requests URL) <FILE")]
    [InlineData("POST / ", "{\"a\":\"1\"}", "printf text | requests URL a=1")]
    [InlineData("GET / ", "", "printf text | requests -I URL")]
    public async Task Is_the_body_where_it_has_data(string start, string body, string line)
    {
        await using FaultyServer server = RecordingServer.Start();
        using TemporaryFolder folder = new();
        string file = folder.Write("input", "");
        await using CommandProcess command = CommandProcess.StartInShell(line.Replace("URL", server.Url, StringComparison.Ordinal).Replace("FILE", file, StringComparison.Ordinal));
        Ran ran = await command.EndAsync();

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.StartsWith(start, server.Last, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + body, server.Last, StringComparison.Ordinal);
        Assert.Equal(body.Length > 0, server.Last.Contains($"\r\nContent-Length: {body.Length}\r\n", StringComparison.Ordinal) && body.Length > 0);
    }

    [Theory]
    [InlineData("GET / ")]
    [InlineData("GET / ", "GET")]
    [InlineData("DELETE / ", "DELETE")]
    public async Task A_pipe_that_stays_silent_does_not_hold_the_request(string start, params string[] method)
    {
        await using FaultyServer server = RecordingServer.Start();
        await using CommandProcess command = CommandProcess.StartWithInput([.. method, server.Url]);
        Ran ran = await command.EndAsync();

        Assert.Equal(0, ran.Code);
        Assert.StartsWith(start, server.Last, StringComparison.Ordinal);
        Assert.Contains("--ignore-stdin", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_with_a_body_waits_and_says_so()
    {
        await using FaultyServer server = RecordingServer.Start();
        await using CommandProcess command = CommandProcess.StartWithInput("POST", server.Url);
        Assert.Contains("waiting for the body", await command.ReadErrorLineAsync(), StringComparison.Ordinal);
        await command.WriteAsync("late");
        command.CloseInput();
        await command.EndAsync();

        Assert.EndsWith("\r\n\r\nlate", server.Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait()
    {
        await using CommandProcess command = CommandProcess.StartInterruptible(keepsInput: true, "POST", "http://127.0.0.1:1/");
        await command.ReadErrorLineAsync();
        await command.SignalAsync("INT");

        Assert.Equal(130, (await command.EndAsync()).Code);
    }

    [Fact]
    public async Task A_body_in_chunks_goes_while_it_comes()
    {
        await using FaultyServer server = RecordingServer.Start();
        await using CommandProcess command = CommandProcess.StartWithInput("--chunked", "POST", server.Url);
        await command.WriteAsync("one");
        await server.WaitUntilAsync(server => server.Requests.Count == 1 && server.Last.Contains("\r\none\r\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await command.WriteAsync("two");
        command.CloseInput();
        await command.EndAsync();

        Assert.EndsWith("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n", server.Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_fits_in_memory_goes_in_chunks()
    {
        await using FaultyServer server = RecordingServer.Start();
        await using CommandProcess command = CommandProcess.StartInShell($"head -c 20000000 /dev/zero | requests {server.Url}");
        Ran ran = await command.EndAsync();

        Assert.Equal(0, ran.Code);
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", server.Last, StringComparison.Ordinal);
        Assert.Equal(20_000_000, WireFormat.Parse(server.Requests[^1].Raw).Body!.Length);
    }

    [Fact]
    public async Task Asks_for_a_password_and_does_not_show_it()
    {
        await using FaultyServer server = RecordingServer.Start();
        await using CommandProcess command = CommandProcess.StartOnTerminal("dumb", keepsInput: true, "-a", "ana", server.Url);
        await command.ReadUntilAsync("password for ana@127.0.0.1: ");
        await command.WriteAsync("secreX\u007ft\r");
        Ran ran = await command.EndAsync();

        Assert.DoesNotContain("secre", ran.Text, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Basic YW5hOnNlY3JldA==\r\n", server.Last, StringComparison.Ordinal);
    }
}
