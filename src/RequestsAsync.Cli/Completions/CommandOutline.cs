using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary>A command with everything that may be written after it, taken from the parser's own symbols: what is printed about it cannot go out of date.</summary>
/// <param name="Name">The words that lead to it, with spaces between them; empty for the command itself.</param>
/// <param name="Description">What it does.</param>
/// <param name="Options">Its options, those included that every command has.</param>
/// <param name="Values">What its arguments may be, where that is known.</param>
/// <param name="Arguments">The names of its arguments, as its usage shows them.</param>
internal sealed record CommandOutline(
    string Name, string Description, IReadOnlyList<OptionOutline> Options, IReadOnlyList<string> Values, IReadOnlyList<string> Arguments)
{
    /// <summary>The methods that are offered where one may stand.</summary>
    public static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "QUERY"];

    /// <summary>Its last word.</summary>
    public string Word => Name[(Name.LastIndexOf(' ') + 1)..];

    /// <summary>The command itself, and after each command its subcommands; what is hidden is left out.</summary>
    public static IReadOnlyList<CommandOutline> Of(RootCommand root)
    {
        List<CommandOutline> commands = [];
        Add(commands, root, "", []);
        return commands;
    }

    /// <summary>Those of the commands whose words are this one's and one more.</summary>
    public IReadOnlyList<CommandOutline> SubcommandsIn(IReadOnlyList<CommandOutline> commands) => [.. commands.Where(other => other.Name.Length > 0 && other.IsUnder(Name))];

    private static void Add(List<CommandOutline> commands, Command command, string name, Option[] everywhere)
    {
        commands.Add(Of(command, name, command.Options.Concat(everywhere)));
        Option[] under = [.. everywhere, .. command.Options.Where(static option => option.Recursive)];
        foreach (Command child in Visible(command.Subcommands))
            Add(commands, child, name.Length == 0 ? child.Name : $"{name} {child.Name}", under);
    }

    private bool IsUnder(string name) => Name.Length - Word.Length - 1 is var length && (length < 0 ? name.Length == 0 : Name.AsSpan(0, length).SequenceEqual(name));

    private static CommandOutline Of(Command command, string name, IEnumerable<Option> options) => new(
        name,
        command.Description ?? "",
        [.. Visible(options).Select(OptionOutline.Of).DistinctBy(static option => option.Names[0], StringComparer.Ordinal)],
        [.. command.Arguments.SelectMany(OptionOutline.ValuesOf).Concat(Visible(command.Subcommands).Select(static child => child.Name))],
        [.. Visible(command.Arguments).Select(static argument => argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name)]);

    private static IEnumerable<T> Visible<T>(IEnumerable<T> symbols)
        where T : Symbol => symbols.Where(static symbol => !symbol.Hidden);
}
