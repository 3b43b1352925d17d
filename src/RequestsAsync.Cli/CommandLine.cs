using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RequestsAsync.Cli;

/// <summary>The whole command: reads its arguments, runs what they ask for, and turns every end into an exit code.</summary>
internal static class CommandLine
{
    // A value may begin with '@': it is text, not the name of a file with more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    // By name, so that a request need not make them.
    private static readonly (string Name, Func<RootCommand, StandardStreams, Command> Make)[] Subcommands =
    [
        ("curl", static (_, streams) => new CurlSubcommand(streams)),
        ("download", static (_, streams) => new DownloadCommand(streams)),
        ("bulk", static (_, streams) => new BulkCommand(streams)),
        ("serve", static (_, streams) => new ServeCommand(streams)),
        ("demo", static (_, streams) => new DemoCommand(streams)),
        ("help", static (root, streams) => new HelpCommand(root, streams, Invocation(streams))),
        ("completion", static (root, streams) => new CompletionCommand(root, streams)),
        ("man", static (root, streams) => new ManCommand(root, streams)),
    ];

    /// <summary>Runs the command to its end. Nothing escapes: what goes wrong is told on the error stream.</summary>
    /// <param name="arguments">The arguments, without the command's own name.</param>
    /// <param name="streams">Where it reads and writes.</param>
    /// <param name="stopping">Cancelled by Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, StandardStreams streams, CancellationToken stopping)
    {
        bool debug = arguments.TakeWhile(static word => word != "--").Any(static word => word is "--debug" or "--traceback"); // also where the arguments cannot be read
        try
        {
            Words words = Words.Split(arguments, static word => Array.Exists(Subcommands, command => command.Name == word));
            RootCommand root = Describe(streams, words);
            ParseResult parsed = root.Parse(words.AreRequest ? RevertedOptions.Apply(words.ForParser, root, Parsing) : words.ForParser, Parsing);
            if (parsed.Action is ParseErrorAction) return ErrorReport.WriteUsage(streams.Error, parsed);

            return await parsed.InvokeAsync(Invocation(streams), stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (ReaderGoneException)
        {
            return ExitCode.ReaderGone;
        }
        catch (Exception e)
        {
            return Report(streams.Error, e, debug);
        }
    }

    private static int Report(TextWriter error, Exception e, bool debug)
    {
        try
        {
            return ErrorReport.Write(error, e, debug);
        }
        catch (ReaderGoneException)
        {
            return ErrorReport.Write(TextWriter.Null, e, debug); // nobody is there to be told
        }
    }

    private static RootCommand Describe(StandardStreams streams, Words words)
    {
        RootCommand root = new("Sends an HTTP request and prints the answer.");
        root.Directives.Clear(); // "[::1]" is an address
        new RequestCommand(streams, words.AfterDashes).AddTo(root);
        if (!words.AreRequest)
        {
            foreach ((_, Func<RootCommand, StandardStreams, Command> make) in Subcommands)
                root.Subcommands.Add(make(root, streams));
        }

        root.Options.Add(new Option<bool>("--debug", "--traceback") { Description = "Show the stack of an error.", Recursive = true, Arity = ArgumentArity.Zero });
        foreach (Option option in root.Options)
        {
            if (option is VersionOption) option.Action = new VersionAction();
            if (option is HelpOption) option.Aliases.Remove("-h"); // the response's headers, as HTTPie has it
            if (option is HelpOption { Action: HelpAction standard }) option.Action = new RootHelpAction(standard, streams);
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
