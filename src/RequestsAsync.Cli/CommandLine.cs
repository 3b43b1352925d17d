using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RequestsAsync.Cli;

/// <summary>The whole command: reads its arguments, runs what they ask for, and turns every end into an exit code.</summary>
internal static class CommandLine
{
    // A value may begin with '@': it is text, not the name of a file with more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs the command to its end. Nothing escapes: what goes wrong is told on the error stream.</summary>
    /// <param name="arguments">The arguments, without the command's own name.</param>
    /// <param name="streams">Where it reads and writes.</param>
    /// <param name="stopping">Cancelled by Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, StandardStreams streams, CancellationToken stopping)
    {
        Option<bool> debug = new("--debug") { Description = "Show the stack of an error.", Recursive = true };
        ParseResult parsed = Describe(streams, debug).Parse(arguments, Parsing);
        if (parsed.Action is ParseErrorAction) return ErrorReport.WriteUsage(streams.Error, parsed);

        try
        {
            return await parsed.InvokeAsync(Invocation(streams), stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return ErrorReport.Write(streams.Error, e, parsed.GetValue(debug));
        }
    }

    private static RootCommand Describe(StandardStreams streams, Option<bool> debug)
    {
        RootCommand root = new("Sends an HTTP request and prints the answer.");
        root.Directives.Clear(); // "[::1]" is an address
        new RequestCommand(streams).AddTo(root);
        root.Subcommands.Add(new DownloadCommand(streams));
        root.Subcommands.Add(new ServeCommand(streams));
        root.Subcommands.Add(new DemoCommand(streams));
        root.Subcommands.Add(new HelpCommand(root, Invocation(streams)));
        root.Options.Add(debug);
        foreach (Option option in root.Options)
        {
            if (option is VersionOption) option.Action = new VersionAction();
            if (option is HelpOption { Action: SynchronousCommandLineAction standard }) option.Action = new RootHelpAction(standard);
        }

        return root;
    }

    // Signals and exceptions are this program's own affair.
    private static InvocationConfiguration Invocation(StandardStreams streams) => new()
    {
        Output = streams.Text,
        Error = streams.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };
}
