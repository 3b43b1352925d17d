using System.Globalization;
using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Completion for bash 4 and later, without anything being started at a key press.</summary>
internal static class BashCompletion
{
    private const string Body = """
            # bash cuts words at '=' and ':', so that --name=value comes as three of them
            if [[ $cur == "=" ]]; then
                cur= name=$prev
            elif [[ $prev == "=" ]]; then
                name=${COMP_WORDS[COMP_CWORD-2]}
            else
                name=$prev
            fi

        """;

    private const string Choice = """
            if [[ $cur == -* ]]; then
                words=$options
            fi
            COMPREPLY=($(compgen -W "$words" -- "$cur"))
        }

        complete -o default -F _requests requests

        """;

    public static string Script(IReadOnlyList<CommandOutline> commands)
    {
        StringBuilder script = new("# bash completion for requests: source it, or put it into ~/.local/share/bash-completion/completions/requests\n");
        script.Append("_requests() {\n    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} name command= options words\n    COMPREPLY=()\n");
        script.Append(Body);
        AddPath(script, commands[0], commands, depth: 1);
        script.Append("    case $command in\n");
        foreach (CommandOutline command in commands)
            Add(script, command, commands);
        script.Append("    esac\n");
        return script.Append(Choice).ToString();
    }

    // Which command it is: the first word says, and where that has subcommands the second.
    private static void AddPath(StringBuilder script, CommandOutline parent, IReadOnlyList<CommandOutline> commands, int depth)
    {
        IReadOnlyList<CommandOutline> children = parent.SubcommandsIn(commands);
        if (children.Count == 0) return;

        script.Append(CultureInfo.InvariantCulture, $"    if [[ $command == \"{parent.Name}\" ]] && ((COMP_CWORD > {depth})); then\n        case ${{COMP_WORDS[{depth}]}} in\n            ");
        script.AppendJoin('|', children.Select(static command => command.Word));
        script.Append(CultureInfo.InvariantCulture, $") command+=\"{(depth == 1 ? "" : " ")}${{COMP_WORDS[{depth}]}}\" ;;\n        esac\n    fi\n");
        foreach (CommandOutline child in children)
            AddPath(script, child, commands, depth + 1);
    }

    private static void Add(StringBuilder script, CommandOutline command, IReadOnlyList<CommandOutline> commands)
    {
        script.Append("        \"").Append(command.Name).Append("\")\n");
        script.Append("            case $name in\n");
        foreach (OptionOutline option in command.Options.Where(static option => option.ValueName is not null))
        {
            script.Append("                ").AppendJoin('|', option.Names).Append(") ");
            if (option.Values.Count > 0) script.Append("COMPREPLY=($(compgen -W \"").AppendJoin(' ', option.Values).Append("\" -- \"$cur\")); ");
            script.Append("return ;;\n"); // without values bash offers files
        }

        script.Append("            esac\n");
        script.Append("            options=\"").AppendJoin(' ', command.Options.SelectMany(static option => option.Names)).Append("\"\n");
        if (command.Name.Length > 0)
        {
            script.Append("            words=\"").AppendJoin(' ', command.Values).Append("\"\n");
        }
        else
        {
            script.Append("            ((COMP_CWORD == 1)) && words=\"")
                .AppendJoin(' ', command.SubcommandsIn(commands).Select(static child => child.Word).Concat(CommandOutline.Methods)).Append("\"\n");
        }

        script.Append("            ;;\n");
    }
}
