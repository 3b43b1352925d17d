namespace RequestsAsync.Cli.Tests;

/// <summary>The command as a process on a pseudo-terminal.</summary>
public sealed class TerminalTests(BinFixture bin)
{
    [Theory]
    [InlineData("xterm-256color", true)]
    [InlineData("dumb", false)]
    public async Task A_terminal_gets_colours_unless_it_is_a_dumb_one(string kind, bool isColored)
    {
        await using CommandProcess command = CommandProcess.StartOnTerminal(kind, $"{bin.Url}/json");
        Ran ran = await command.EndAsync();

        Assert.Equal(0, ran.Code);
        Assert.Equal(isColored, ran.Text.Contains("\e[36m\"slideshow\"\e[0m", StringComparison.Ordinal));
        Assert.Contains("200 OK", ran.Text, StringComparison.Ordinal);
        Assert.Contains("{\r\n    \"slideshow\": {\r\n        ", JsonFormatterTests.Plain(ran.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binary_data_is_a_notice()
    {
        await using CommandProcess command = CommandProcess.StartOnTerminal("xterm", "-b", $"{bin.Url}/image/png");

        Assert.Matches(@"^\[[0-9]+ bytes of binary data are not shown here\..*\]\s*$", Sent(await command.EndAsync()));
    }

    [Fact]
    public async Task Colours_are_the_only_escapes()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 \e]0;x\a\r\nX-Evil: \e[2J\r\nContent-Type: application/json\r\n\r\n{\"\u009b2J\":\"\u202e\"}"u8.ToArray());
        await using CommandProcess command = CommandProcess.StartOnTerminal("xterm", server.Url);

        string plain = JsonFormatterTests.Plain(Sent(await command.EndAsync()));

        Assert.DoesNotContain(plain, static c => c != '\n' && TerminalText.IsControl(c));
        Assert.Contains(@"X-Evil: \x1b[2J", plain, StringComparison.Ordinal);
        Assert.Contains("""{"\u009b2J": "\u202e"}""", plain.Replace("\n", "", StringComparison.Ordinal).Replace("    ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/event-stream", "data: {\"a\": 1}\n\n", "data: {")]
    [InlineData("application/x-ndjson", "{\"a\": 1}\n", "{")]
    public async Task An_endless_body_is_shown_as_it_comes(string type, string part, string shown)
    {
        using SemaphoreSlim more = new(0);
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n\r\n");
            for (int i = 0; i < 3; i++)
            {
                await more.WaitAsync(connection.Stop);
                await connection.WriteAsync(part);
            }

            await more.WaitAsync(connection.Stop);
        });
        await using CommandProcess command = CommandProcess.StartOnTerminal("dumb", "-b", server.Url);
        for (int i = 0; i < 3; i++)
        {
            more.Release(); // no more comes before it is shown
            while (await command.ReadLineAsync() is { } line && line.TrimEnd('\r') != shown) Assert.DoesNotContain("HTTP/", line, StringComparison.Ordinal);
        }

        more.Release();
        await command.EndAsync();
    }

    [Fact]
    public async Task What_a_pipe_reads_no_more_is_not_fetched_to_its_end()
    {
        const int Megabytes = 1024;
        TaskCompletionSource<Exception?> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead().MayLeave().Write($"HTTP/1.1 200 OK\r\nContent-Length: {(long)Megabytes << 20}\r\n\r\n").Run(async connection => end.SetResult(await Record.ExceptionAsync(() => WriteAsync(connection, Megabytes)))));
        await using CommandProcess command = CommandProcess.StartInShell($"requests {server.Url}/ | head -c 10 | wc -c; echo ${{PIPESTATUS[0]}}");
        Ran ran = await command.EndAsync();

        Assert.Equal(("10\n141\n", ""), (ran.Text, ran.Error));
        Exception? cut = await end.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.True(cut is IOException or System.Net.Sockets.SocketException, cut?.ToString());
    }

    [Fact]
    public async Task A_full_disk_behind_the_output_is_told()
    {
        await using CommandProcess command = CommandProcess.StartInShell($"requests '{bin.Url}/json' > /dev/full");
        Ran ran = await command.EndAsync();

        Assert.Equal(1, ran.Code);
        Assert.Equal("requests: the output cannot be written: No space left on device\n", ran.Error);
    }

    [Fact]
    public async Task Commands_one_after_another_write_into_the_same_file()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("out", "");
        await using CommandProcess command = CommandProcess.StartInShell($"{{ requests -h '{bin.Url}/json'; requests -b '{bin.Url}/robots.txt'; }} > '{file}'");

        Assert.Equal((0, ""), ((await command.EndAsync()) is var ran ? ran.Code : 0, ran.Error));
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 200 OK\n", text, StringComparison.Ordinal);
        Assert.Contains("\n\nUser-agent: *\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gigabyte_passes_without_being_held()
    {
        const int Megabytes = 1024;
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead().Write($"HTTP/1.1 200 OK\r\nContent-Length: {(long)Megabytes << 20}\r\n\r\n").Run(connection => WriteAsync(connection, Megabytes)));
        await using CommandProcess command = CommandProcess.StartCounting("-b", server.Url);
        Ran ran = await command.EndAsync();

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Equal((long)Megabytes << 20, long.Parse(ran.Text));
    }

    private static string Sent(Ran ran) => ran.Text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static async Task WriteAsync(FaultyConnection connection, int megabytes)
    {
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < megabytes; i++) await connection.WriteAsync(block);
    }
}
