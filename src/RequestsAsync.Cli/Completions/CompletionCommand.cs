using System.CommandLine;
using System.CommandLine.Parsing;

namespace RequestsAsync.Cli;

/// <summary><c>requests completion SHELL</c>: prints a script that completes the words of the command line, made from the options that there are.</summary>
internal sealed class CompletionCommand : Command
{
    private static readonly Dictionary<string, Func<IReadOnlyList<CommandOutline>, string>> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = BashCompletion.Script,
        ["zsh"] = ZshCompletion.Script,
        ["fish"] = FishCompletion.Script,
        ["pwsh"] = PowerShellCompletion.Script,
    };

    public CompletionCommand(RootCommand root, StandardStreams streams)
        : base("completion", "Print the completion script of a shell.")
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        shell.Validators.Add(Check);
        Arguments.Add(shell);
        SetAction((parsed, stopping) =>
            streams.Text.WriteAsync(Scripts[parsed.GetRequiredValue(shell)](CommandOutline.Of(root)).AsMemory(), stopping));
    }

    private static void Check(ArgumentResult result)
    {
        if (result.Tokens is [var token] && !Scripts.ContainsKey(token.Value))
            result.AddError($"There is a script for {string.Join(", ", Scripts.Keys)}, not for '{token.Value}'.");
    }
}
