using System.CommandLine;
using System.CommandLine.Invocation;

namespace RequestsAsync.Cli;

/// <summary>The help of the command itself fits one screen; the parser's own, with a line for each option, is that of the subcommands.</summary>
internal sealed class RootHelpAction(SynchronousCommandLineAction standard) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is not RootCommand) return standard.Invoke(parseResult);

        parseResult.InvocationConfiguration.Output.WriteLine(HelpTexts.Screen);
        return ExitCode.Success;
    }

    /// <summary>Every option of the command, with a line for each.</summary>
    public int InvokeStandard(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        using StringWriter written = new() { NewLine = "\n" };
        parseResult.InvocationConfiguration.Output = written;
        int code = standard.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(written.ToString().Replace($"  {RootCommand.ExecutableName} [command] [options]", "  requests [METHOD] URL [ITEM…] [options]", StringComparison.Ordinal));
        return code;
    }
}
