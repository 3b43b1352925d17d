using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary><c>requests help [COMMAND]</c>: the same as <c>--help</c>.</summary>
internal sealed class HelpCommand : Command
{
    public HelpCommand(RootCommand root, InvocationConfiguration invocation)
        : base("help", "Show help, also for one command.")
    {
        Argument<string?> about = new("COMMAND") { Description = "The command.", Arity = ArgumentArity.ZeroOrOne };
        about.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !root.Subcommands.Any(command => command.Name == token.Value))
                result.AddError($"There is no command '{token.Value}'.");
        });
        Arguments.Add(about);
        SetAction(parsed => root.Parse(parsed.GetValue(about) is { } name ? [name, "--help"] : ["--help"]).Invoke(invocation));
    }
}
