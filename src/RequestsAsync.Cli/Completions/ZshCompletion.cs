using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Completion for zsh, as a function of its completion system.</summary>
internal static class ZshCompletion
{
    public static string Script(IReadOnlyList<CommandOutline> commands)
    {
        StringBuilder script = new("#compdef requests\n# zsh completion for requests: put it as _requests into a folder of $fpath, or source it after compinit\n");
        script.Append("_requests() {\n    local -a commands methods\n    commands=(\n");
        foreach (CommandOutline command in commands.Skip(1))
            script.Append("        ").Append(Quote($"{command.Name}:{command.Description}")).Append('\n');
        script.Append("    )\n    methods=(").AppendJoin(' ', CommandOutline.Methods).Append(")\n");
        script.Append("    if ((CURRENT > 2)); then\n        case $words[2] in\n");
        foreach (CommandOutline command in commands.Skip(1))
        {
            script.Append("            ").Append(command.Name).Append(")\n                shift words; ((CURRENT--))\n");
            AddArguments(script, command, "                ");
            script.Append("                return ;;\n");
        }

        script.Append("        esac\n    elif [[ $words[2] != -* ]]; then\n");
        script.Append("        _describe -t commands command commands\n        _describe -t methods method methods\n    fi\n");
        AddArguments(script, commands[0], "    ");
        return script.Append("}\n\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n    _requests \"$@\"\nelse\n    compdef _requests requests\nfi\n").ToString();
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
