using System.Diagnostics;

namespace RequestsAsync.Cli.Tests;

/// <summary>The packed and installed command, and how soon it answers.</summary>
public sealed class InstalledToolTests(BinFixture bin, PackedTool tool)
{
    private const int Rounds = 7;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_runs_and_sends_a_request()
    {
        string program = await tool.InstallAsync(Token);

        Ran version = await RunAsync(program, "--version");
        Ran answer = await RunAsync(program, $"{bin.Url}/robots.txt");

        Assert.Matches(@"^requests \d+\.\d+\.\d+\S*\n$", version.Text);
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.StartsWith("User-agent: *", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Loosely: other tests use the machine at the same time. The best of several runs is what the programs themselves cost.</summary>
    [Fact]
    public async Task The_first_byte_comes_about_as_soon_as_with_HTTPie()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/http"), "There is no HTTPie here.");
        string program = await tool.InstallAsync(Token);
        string url = $"{bin.Url}/robots.txt";

        TimeSpan own = TimeSpan.MaxValue;
        TimeSpan theirs = TimeSpan.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            own = Min(own, await FirstByteAsync(program, url));
            theirs = Min(theirs, await FirstByteAsync("/usr/bin/http", "--ignore-stdin", url));
        }

        Assert.True(own < theirs * 1.5, $"{own.TotalMilliseconds:0} ms, and HTTPie takes {theirs.TotalMilliseconds:0} ms.");
    }

    private static async Task<TimeSpan> FirstByteAsync(string program, params string[] arguments)
    {
        long started = Stopwatch.GetTimestamp();
        using Process process = Start(program, arguments);
        Assert.NotEqual(0, await process.StandardOutput.BaseStream.ReadAsync(new byte[1], Token));
        TimeSpan taken = Stopwatch.GetElapsedTime(started);
        await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return taken;
    }

    private static async Task<Ran> RunAsync(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync(Token);
        string output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return new(process.ExitCode, System.Text.Encoding.UTF8.GetBytes(output), await error);
    }

    private static Process Start(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.IsPathRooted(CommandProcess.Dotnet)) start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(CommandProcess.Dotnet);
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
