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
        bool debug = arguments.TakeWhile(static word => word != "--").Any(static word => word == "--debug"); // also where the arguments cannot be read
        try
        {
            Words words = Words.Split(arguments);
            ParseResult parsed = Describe(streams, words).Parse(words.ForParser, Parsing);
            if (parsed.Action is ParseErrorAction) return ErrorReport.WriteUsage(streams.Error, parsed);

            return await parsed.InvokeAsync(Invocation(streams), stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return ErrorReport.Write(streams.Error, e, debug);
        }
    }

    private static RootCommand Describe(StandardStreams streams, Words words)
    {
        RootCommand root = new("Sends an HTTP request and prints the answer.");
        root.Directives.Clear(); // "[::1]" is an address
        new RequestCommand(streams, words.AfterDashes).AddTo(root);
        if (!words.AreRequest) AddSubcommands(root, streams);
        root.Options.Add(new Option<bool>("--debug") { Description = "Show the stack of an error.", Recursive = true, Arity = ArgumentArity.Zero });
        foreach (Option option in root.Options)
        {
            if (option is VersionOption) option.Action = new VersionAction();
            if (option is HelpOption) option.Aliases.Remove("-h"); // the response's headers, as HTTPie has it
            if (option is HelpOption { Action: SynchronousCommandLineAction standard }) option.Action = new RootHelpAction(standard);
        }

        return root;
    }

    private static void AddSubcommands(RootCommand root, StandardStreams streams)
    {
        root.Subcommands.Add(new ServeCommand(streams));
        root.Subcommands.Add(new DemoCommand(streams));
        root.Subcommands.Add(new HelpCommand(root, Invocation(streams)));
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
