using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Completion for fish.</summary>
internal static class FishCompletion
{
    public static string Script(IReadOnlyList<CommandOutline> commands)
    {
        StringBuilder script = new("# fish completion for requests: put it as requests.fish into ~/.config/fish/completions\n");
        foreach (CommandOutline command in commands[0].SubcommandsIn(commands))
            Line(script, "__fish_is_nth_token 1").Append(" -a ").Append(command.Name).Append(" -d ").Append(Quote(command.Description)).Append('\n');
        foreach (string method in CommandOutline.Methods)
            Line(script, "__fish_is_nth_token 1").Append(" -a ").Append(method).Append(" -d 'method'\n");
        foreach (CommandOutline command in commands)
        {
            string condition = Condition(command, commands);
            foreach (OptionOutline option in command.Options)
                AddOption(Line(script, condition), option);
            if (command.Name.Length > 0 && command.Values.Count > 0)
                Line(script, condition).Append(" -f -a ").Append(Quote(string.Join(' ', command.Values))).Append('\n');
        }

        return script.ToString();
    }

    // Its own words are there, and none of its subcommands.
    private static string Condition(CommandOutline command, IReadOnlyList<CommandOutline> commands)
    {
        IEnumerable<string> seen = command.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => $"__fish_seen_subcommand_from {word}");
        IReadOnlyList<CommandOutline> children = command.SubcommandsIn(commands);
        if (children.Count > 0) seen = seen.Append($"not __fish_seen_subcommand_from {string.Join(' ', children.Select(static child => child.Word))}");
        return string.Join("; and ", seen);
    }

    private static StringBuilder Line(StringBuilder script, string condition) =>
        script.Append("complete -c requests -n ").Append(Quote(condition));

    private static void AddOption(StringBuilder script, OptionOutline option)
    {
        foreach (string name in option.Names)
        {
            if (name.StartsWith("--", StringComparison.Ordinal)) script.Append(" -l ").Append(name.AsSpan(2));
            else script.Append(name.Length == 2 ? " -s " : " -o ").Append(name.AsSpan(1));
        }

        if (option.Values.Count > 0) script.Append(" -x -a ").Append(Quote(string.Join(' ', option.Values)));
        else if (option.ValueName is not null) script.Append(" -r");
        script.Append(" -d ").Append(Quote(option.Description)).Append('\n');
    }

    private static string Quote(string text) => "'" + text
        .ReplaceLineEndings(" ")
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
