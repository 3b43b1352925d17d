using System.Text;
using RequestsAsync.Cli;

namespace RequestsAsync.Conformance;

/// <summary>Runs one command line through the command's own parser and runner, in a folder of its own.</summary>
internal static class CurlRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs it to its end.</summary>
    /// <param name="command">The text.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Its variables.</param>
    /// <param name="input">Its input.</param>
    /// <returns>What it wrote to the error stream, and what stopped it before it sent anything.</returns>
    public static async Task<(string Messages, Exception? Stopped)> RunAsync(string command, string folder, IReadOnlyDictionary<string, string> environment, string? input)
    {
        using MemoryStream output = new();
        using MemoryStream error = new();
        Stream OpenInput() => new MemoryStream(Encoding.Latin1.GetBytes(input ?? ""));
        Exception? stopped = null;
        using (StandardStreams streams = new(output, error, OpenInput, isTerminal: false))
        using (CancellationTokenSource stop = new(Patience))
        {
            try
            {
                CurlHost host = new() { Folder = folder, Environment = environment.GetValueOrDefault, OpenInput = OpenInput };
                CurlScript script = CurlScript.Parse(command, host, isShown: false);
                foreach (string note in script.Notes)
                    await streams.Error.WriteLineAsync(note);
                await new CurlRunner(streams, debug: false).RunAsync(script, stop.Token);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                stopped = e;
            }

            await streams.Error.FlushAsync();
            return (Encoding.UTF8.GetString(error.ToArray()), stopped);
        }
    }

    /// <summary>A command as the shell has it: the files hold bytes as Latin-1, the shell reads UTF-8.</summary>
    public static string Utf8(string latin1) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin1));
}
