using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RequestsAsync.Cli;

/// <summary>The help of the command itself fits one screen; the parser's own, with a line for each option, is that of the subcommands.</summary>
/// <param name="standard">The parser's own help.</param>
/// <param name="streams">Tells the columns that no line goes beyond.</param>
internal sealed class RootHelpAction(HelpAction standard, StandardStreams streams) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is not RootCommand) return InvokeStandard(parseResult);

        parseResult.InvocationConfiguration.Output.WriteLine(WrappedText.Fit(HelpTexts.Screen, streams.TextWidth));
        return ExitCode.Success;
    }

    /// <summary>Every option of the command, with a line for each.</summary>
    public int InvokeStandard(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        using StringWriter written = new() { NewLine = "\n" };
        parseResult.InvocationConfiguration.Output = written;
        standard.MaxWidth = streams.TextWidth;
        int code = standard.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        string text = written.ToString().Replace($"  {RootCommand.ExecutableName} [command] [options]", "  requests [METHOD] URL [ITEM…] [options]", StringComparison.Ordinal);
        output.Write(WrappedText.Fit(text, standard.MaxWidth));
        return code;
    }
}
