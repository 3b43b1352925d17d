namespace RequestsAsync.SideBySide;

/// <summary>What the program does by its first word: the whole run, or one of the child processes of a run.</summary>
internal static class CommandLine
{
    private const string Usage = """
        usage: ./bench/run [--quick] [--rounds N] [--only SCENARIO,…] [--clients NAME,…] [--out DIR]

        of a run's own processes, for a profiler for example:
          SideBySide client NAME --shape text --url URL --expect BYTES --connections N --warm-up SECONDS --seconds SECONDS [--ca FILE] [--http2]
          SideBySide hold
        """;

    /// <summary>Runs what the words ask for.</summary>
    /// <returns>The process's exit code: 0, 1 when something failed or was wrong, 2 for a wrong command line, 130 after Ctrl-C.</returns>
    public static async Task<int> RunAsync(string[] words)
    {
        using Interruption interruption = new();
        try
        {
            return words switch
            {
                ["run", .. var rest] => await RunCommand.RunAsync(RunOptions.Parse(Arguments.Parse(rest, RunOptions.Flags)), interruption.Token),
                ["client", var name, .. var rest] => await ClientCommand.RunAsync(LoadSettings.Parse(name, Arguments.Parse(rest, LoadSettings.Flags))),
                ["hold"] => await HoldingServer.RunAsync(Console.In, Console.Out),
                _ => throw new FormatException($"'{string.Join(' ', words)}' is nothing to do here."),
            };
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n{Usage}");
            return 2;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted");
            return 130;
        }
    }
}
