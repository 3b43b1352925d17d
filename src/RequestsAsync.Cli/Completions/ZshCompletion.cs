using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Completion for zsh, as a function of its completion system.</summary>
internal static class ZshCompletion
{
    public static string Script(IReadOnlyList<CommandOutline> commands)
    {
        StringBuilder script = new("#compdef requests\n# zsh completion for requests: put it as _requests into a folder of $fpath, or source it after compinit\n");
        script.Append("_requests() {\n    local -a commands methods\n    methods=(").AppendJoin(' ', CommandOutline.Methods).Append(")\n");
        Add(script, commands[0], commands, "    ");
        return script.Append("}\n\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n    _requests \"$@\"\nelse\n    compdef _requests requests\nfi\n").ToString();
    }

    private static void Add(StringBuilder script, CommandOutline command, IReadOnlyList<CommandOutline> commands, string indent)
    {
        IReadOnlyList<CommandOutline> children = command.SubcommandsIn(commands);
        if (children.Count > 0)
        {
            script.Append(indent).Append("commands=(\n");
            foreach (CommandOutline child in children)
                script.Append(indent).Append("    ").Append(Quote($"{child.Word}:{child.Description}")).Append('\n');
            script.Append(indent).Append(")\n");
            script.Append(indent).Append("if ((CURRENT > 2)); then\n").Append(indent).Append("    case $words[2] in\n");
            foreach (CommandOutline child in children)
            {
                script.Append(indent).Append("        ").Append(child.Word).Append(")\n").Append(indent).Append("            shift words; ((CURRENT--))\n");
                Add(script, child, commands, indent + "            ");
                script.Append(indent).Append("            return ;;\n");
            }

            script.Append(indent).Append("    esac\n").Append(indent).Append("elif [[ $words[2] != -* ]]; then\n");
            script.Append(indent).Append("    _describe -t commands command commands\n");
            if (command.Name.Length == 0) script.Append(indent).Append("    _describe -t methods method methods\n");
            script.Append(indent).Append("fi\n");
        }

        AddArguments(script, command with { Values = [.. command.Values.Except(children.Select(static child => child.Word), StringComparer.Ordinal)] }, indent);
    }

    private static void AddArguments(StringBuilder script, CommandOutline command, string indent)
    {
        script.Append(indent).Append("_arguments -S");
        foreach (OptionOutline option in command.Options)
        {
            foreach (string name in option.Names)
                script.Append(" \\\n").Append(indent).Append("    ").Append(Quote(Specification(option, name)));
        }

        string rest = command.Values.Count > 0 ? $"*:value:({string.Join(' ', command.Values)})" : "*: :_default";
        script.Append(" \\\n").Append(indent).Append("    ").Append(Quote(rest)).Append('\n');
    }

    // "*" because an option may come again; after a long name its value may be joined with "=".
    private static string Specification(OptionOutline option, string name)
    {
        string text = $"*{name}";
        if (option.ValueName is not null && name.StartsWith("--", StringComparison.Ordinal)) text += "=";
        text += $"[{Escape(option.Description)}]";
        if (option.ValueName is null) return text;

        string action = option.Values.Count > 0 ? $"({string.Join(' ', option.Values)})" : "_default";
        return $"{text}:{Escape(option.ValueName)}:{action}";
    }

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal);

    private static string Quote(string text) => "'" + text.ReplaceLineEndings(" ").Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
