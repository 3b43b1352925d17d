using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Cli.Tests;

/// <summary>The command as a real process: its streams, its terminal and its signals.</summary>
public sealed class ProcessTests(BinFixture bin)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_without_a_terminal_and_without_input()
    {
        await using CommandProcess command = CommandProcess.Start("-h", $"{bin.Url}/status/404");
        Ran ran = await command.EndAsync();

        Assert.Equal(4, ran.Code);
        Assert.StartsWith("HTTP/1.1 404 Not Found\n", ran.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_never_gets_what_a_server_injects()
    {
        string body = Convert.ToBase64String("a\e[31mred\a \u009b2J"u8);
        await using CommandProcess command = CommandProcess.StartOnTerminal("dumb", $"{bin.Url}/base64/{Uri.EscapeDataString(body)}");
        Ran ran = await command.EndAsync();

        Assert.Equal(0, ran.Code);
        Assert.DoesNotContain('\e', ran.Text);
        Assert.DoesNotContain('\u009b', ran.Text);
        Assert.Contains(@"a\x1b[31mred\x07 \x9b2J", ran.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_the_demonstration_on_a_terminal()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"{bin.Url}/get\n", Token);
            await using CommandProcess command = CommandProcess.StartOnTerminal("xterm-256color", "demo", "--urls", file);
            Ran ran = await command.EndAsync();

            Assert.Equal(0, ran.Code);
            Assert.Contains("│ status │", ran.Text, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_a_request(string signal, int code)
    {
        await using FaultyServer silent = FaultyServer.Start(script => script.ReadHead().Never());
        await using CommandProcess command = CommandProcess.StartInterruptible($":{silent.Port}/");
        await silent.NextRequestAsync(Token); // it waits for the answer now
        await command.SignalAsync(signal);
        Ran ran = await command.EndAsync();

        Assert.Equal(code, ran.Code);
        Assert.Empty(ran.Error);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_demonstration()
    {
        await using CommandProcess command = CommandProcess.StartInterruptible("demo");
        Assert.NotNull(await command.ReadLineAsync());
        await command.SignalAsync("INT");

        Assert.Equal(130, (await command.EndAsync()).Code);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Serves_until_a_signal_and_stops_cleanly(string signal)
    {
        await using CommandProcess serving = CommandProcess.StartInterruptible("serve");
        string url = (await serving.ReadLineAsync())!;
        Ran ran = await Ran.InProcessAsync($"{url}/get");
        await serving.SignalAsync(signal);

        Assert.Equal(0, ran.Code);
        Assert.Equal(0, (await serving.EndAsync()).Code);
        Assert.Equal(1, (await Ran.InProcessAsync($"{url}/get")).Code);
    }

    [Fact]
    public async Task Serves_on_the_port_it_is_told()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using CommandProcess serving = CommandProcess.Start("serve", "--port", port.ToString());

        Assert.Equal($"http://127.0.0.1:{port}", await serving.ReadLineAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_in_two_lines()
    {
        Ran ran = await Ran.InProcessAsync("serve", "--port", bin.Port.ToString());

        Assert.Equal(1, ran.Code);
        Assert.StartsWith($"requests: Port {bin.Port} is taken.\n", ran.Error, StringComparison.Ordinal);
    }
}
