using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary>A command with everything that may be written after it, taken from the parser's own symbols: what is printed about it cannot go out of date.</summary>
/// <param name="Name">The name; empty for the command itself.</param>
/// <param name="Description">What it does.</param>
/// <param name="Options">Its options, those included that every command has.</param>
/// <param name="Values">What its arguments may be, where that is known.</param>
/// <param name="Arguments">The names of its arguments, as its usage shows them.</param>
internal sealed record CommandOutline(
    string Name, string Description, IReadOnlyList<OptionOutline> Options, IReadOnlyList<string> Values, IReadOnlyList<string> Arguments)
{
    /// <summary>The methods that are offered where one may stand.</summary>
    public static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "QUERY"];

    /// <summary>The command itself, and after it its subcommands; what is hidden is left out.</summary>
    public static IReadOnlyList<CommandOutline> Of(RootCommand root)
    {
        List<CommandOutline> commands = [Of(root, "", root.Options)];
        IEnumerable<Option> everywhere = root.Options.Where(static option => option.Recursive);
        commands.AddRange(Visible(root.Subcommands).Select(command => Of(command, command.Name, command.Options.Concat(everywhere))));
        return commands;
    }

    private static CommandOutline Of(Command command, string name, IEnumerable<Option> options) => new(
        name,
        command.Description ?? "",
        [.. Visible(options).Select(OptionOutline.Of).DistinctBy(static option => option.Names[0], StringComparer.Ordinal)],
        [.. command.Arguments.SelectMany(OptionOutline.ValuesOf).Concat(Visible(command.Subcommands).Select(static child => child.Name))],
        [.. Visible(command.Arguments).Select(static argument => argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name)]);

    private static IEnumerable<T> Visible<T>(IEnumerable<T> symbols)
        where T : Symbol => symbols.Where(static symbol => !symbol.Hidden);
}
