using System.CommandLine;
using System.CommandLine.Invocation;

namespace RequestsAsync.Cli;

/// <summary>The help of the command itself. The parser's own does not know that a method may stand before the URL.</summary>
internal sealed class RootHelpAction(SynchronousCommandLineAction standard) : SynchronousCommandLineAction
{
    private const string Usage = """
          requests [METHOD] URL [options]
          requests COMMAND [options]

        Examples:
          requests :3000/users --query page=2
          requests PUT example.org/users/1 --json '{"name": "Ana"}'
          requests example.org/picture.png -o picture.png

        The method is GET, or POST with content. ':3000/x' and ':/x' are on localhost.
        Without a scheme it is http:// for this machine and https:// for every other.

        Exit codes:
          0 good, 3/4/5 the answer is 3xx/4xx/5xx, 1 error, 2 timeout, 6 too many redirects,
          7 blocked or invalid request, 64 wrong usage, 130 Ctrl-C
        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        InvocationConfiguration invocation = parseResult.InvocationConfiguration;
        if (parseResult.CommandResult.Command is not RootCommand) return standard.Invoke(parseResult);

        TextWriter output = invocation.Output;
        using StringWriter written = new() { NewLine = "\n" };
        invocation.Output = written;
        int code = standard.Invoke(parseResult);
        invocation.Output = output;
        output.Write(written.ToString().Replace($"  {RootCommand.ExecutableName} [command] [options]", Usage, StringComparison.Ordinal));
        return code;
    }
}
