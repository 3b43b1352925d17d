using System.Text;

namespace RequestsAsync.Cli.Tests;

/// <summary>What a command that has ended left behind.</summary>
internal sealed record Ran(int Code, byte[] Output, string Error)
{
    public string Text => Encoding.UTF8.GetString(Output);

    public string[] Lines => Text.Split('\n');

    /// <summary>What follows the blank line.</summary>
    public string Body => Text[(Text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];

    /// <summary>Runs the command inside of this process.</summary>
    public static Task<Ran> InProcessAsync(params string[] arguments) => InProcessAsync(isTerminal: false, input: "", arguments);

    /// <summary>Runs the command inside of this process, as if its output were a terminal.</summary>
    public static Task<Ran> OnTerminalAsync(params string[] arguments) => InProcessAsync(isTerminal: true, input: "", arguments);

    /// <summary>Runs the command inside of this process with something to read.</summary>
    public static Task<Ran> WithInputAsync(string input, params string[] arguments) => InProcessAsync(isTerminal: false, input, arguments);

    private static async Task<Ran> InProcessAsync(bool isTerminal, string input, string[] arguments)
    {
        using MemoryStream output = new();
        using MemoryStream error = new();
        using StandardStreams streams = new(output, error, () => new MemoryStream(Encoding.UTF8.GetBytes(input)), isTerminal) { WantsColors = false };
        int code = await CommandLine.RunAsync(arguments, streams, TestContext.Current.CancellationToken);
        return new(code, output.ToArray(), Encoding.UTF8.GetString(error.ToArray()));
    }
}
