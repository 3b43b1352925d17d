using System.Diagnostics;

namespace RequestsAsync.Samples.Tests;

/// <summary>One run of the dotnet command that has ended well.</summary>
internal sealed class DotnetRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private DotnetRun(IReadOnlyList<OutputLine> lines) => Lines = lines;

    public IReadOnlyList<OutputLine> Lines { get; }

    /// <summary>Everything that was printed, each line with its end.</summary>
    public string Output => string.Concat(Lines.Select(line => line.Text + "\n"));

    /// <summary>Runs it to its end; fails the test when it fails, complains or takes too long.</summary>
    public static async Task<DotnetRun> RunAsync(params IEnumerable<string> arguments)
    {
        // The command that runs these tests, where there is one, is the one that fits them.
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            DotnetRun run = new(await ReadLinesAsync(process.StandardOutput, patience.Token));
            await process.WaitForExitAsync(patience.Token);
            Assert.True(
                process.ExitCode == 0 && (await errors).Length == 0,
                $"dotnet {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}:\n{run.Output}{await errors}");
            return run;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<List<OutputLine>> ReadLinesAsync(StreamReader output, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        List<OutputLine> lines = [];
        while (await output.ReadLineAsync(cancellationToken) is { } line)
            lines.Add(new(line, Stopwatch.GetElapsedTime(started)));
        return lines;
    }
}
