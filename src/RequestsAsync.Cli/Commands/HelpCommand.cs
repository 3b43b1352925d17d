using System.CommandLine;
using System.CommandLine.Completions;

namespace RequestsAsync.Cli;

/// <summary><c>requests help [TOPIC]</c>: the same as <c>--help</c>, for a command too; and what takes more than a line.</summary>
internal sealed class HelpCommand : Command
{
    public HelpCommand(RootCommand root, StandardStreams streams, InvocationConfiguration invocation)
        : base("help", "Show help, also for one command, for 'items' or for 'options'.")
    {
        Argument<string?> about = new("TOPIC") { Description = "A command, 'items' or 'options'.", Arity = ArgumentArity.ZeroOrOne };
        about.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && HelpTexts.Find(token.Value) is null && token.Value != HelpTexts.Options && !root.Subcommands.Any(command => command.Name == token.Value))
                result.AddError($"There is no help about '{token.Value}'.");
        });
        about.CompletionSources.Add(_ => [.. root.Subcommands.Select(static command => new CompletionItem(command.Name)), new(HelpTexts.ItemsTopic), new(HelpTexts.Options)]);
        Arguments.Add(about);
        SetAction(parsed =>
        {
            string? topic = parsed.GetValue(about);
            if (topic is not null && HelpTexts.Find(topic) is { } text)
            {
                invocation.Output.WriteLine(WrappedText.Fit(text, streams.TextWidth));
                return ExitCode.Success;
            }

            return topic switch
            {
                null => root.Parse(["--help"]).Invoke(invocation),
                HelpTexts.Options => ListOptions(root, invocation),
                _ => root.Parse([topic, "--help"]).Invoke(invocation),
            };
        });
    }

    private static int ListOptions(RootCommand root, InvocationConfiguration invocation)
    {
        ParseResult parsed = root.Parse(["--help"]);
        parsed.InvocationConfiguration.Output = invocation.Output;
        return root.Options.Select(static option => option.Action).OfType<RootHelpAction>().Single().InvokeStandard(parsed);
    }
}
